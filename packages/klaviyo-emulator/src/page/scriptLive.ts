/** Asks once a second, shows what came, and moves between views. */
export const SCRIPT_LIVE = `
let state = { now: new Date().toISOString(), counts: {}, accounts: [], events: [], profiles: [], lists: [], requests: [] };
let tag = '';
let chosen = '';
const tabs = [...document.querySelectorAll('[role=tab]')];

function show() {
  const owners = new Map(state.profiles.map((profile) => [profile.id, nameOf(profile)]));
  const listNames = new Map(state.lists.map((list) => [list.id, list.name]));
  const perProfile = Map.groupBy(state.events, (event) => event.profile);
  const counts = { ...state.counts, requests: state.requests.length };
  for (const tab of tabs) tab.querySelector('.count').textContent = counts[tab.dataset.view] || 0;
  $('#account').textContent = state.accounts.map((account) => account.name + ' (' + account.publicKey + ')').join(', ');

  keep($('#events .feed'), state.events.map((event) => ({ key: event.id, data: { event, owner: owners.get(event.profile) || event.profile } })), eventCard,
    'No events yet. They appear here as they arrive.');
  const wanted = $('#find').value.trim().toLowerCase();
  const people = state.profiles.filter((profile) => !wanted || JSON.stringify([nameOf(profile), profile.phone_number, profile.external_id, profile.anonymous_ids, profile.id, profile.attributes]).toLowerCase().includes(wanted));
  keep($('#profiles .people'), people.map((profile) => ({ key: profile.id, data: { profile, events: (perProfile.get(profile.id) || []).length } })), personCard,
    wanted ? 'Nobody found.' : 'No profiles yet.');
  for (const button of document.querySelectorAll('.person')) button.setAttribute('aria-current', String(button.dataset.key === chosen));
  showDetail(perProfile, listNames);
  keep($('#lists .cards'), state.lists.map((list) => ({ key: list.id, data: list })), listCard, 'No lists.');
  keep($('#requests .log'), state.requests.map((entry) => ({ key: String(entry.id), data: entry })), requestCard, 'No requests yet.');
  refreshTimes();
}

function showDetail(perProfile, listNames) {
  const profile = state.profiles.find(({ id }) => id === chosen);
  const detail = $('#profiles .detail');
  if (!profile) {
    detail.replaceChildren(make('p', { class: 'empty' }, state.profiles.length > 0 ? 'Choose a profile.' : 'Profiles appear with their first event or import.'));
    return;
  }
  if (!detail.querySelector('.head')) detail.replaceChildren(make('div', { class: 'head' }), make('div', { class: 'timeline' }));
  const lists = profile.lists.map((id) => listNames.get(id) || id);
  keep(detail.querySelector('.head'), [{ key: profile.id, data: { profile, lists } }], profileHead, '');
  keep(detail.querySelector('.timeline'), (perProfile.get(profile.id) || []).map((event) => ({ key: event.id, data: { event } })), eventCard, 'No events.');
}

function choose(view, focus) {
  for (const tab of tabs) {
    const selected = tab.dataset.view === view;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    if (selected && focus) tab.focus();
    document.getElementById(tab.dataset.view).hidden = !selected;
  }
}

function openProfile(id) {
  location.hash = 'profiles/' + id;
}

function follow() {
  const [view, id] = location.hash.slice(1).split('/');
  chosen = id || chosen;
  choose(tabs.some((tab) => tab.dataset.view === view) ? view : 'events', false);
  if (id) $('#profiles .detail').replaceChildren();
  // Before the first answer there is nothing to show, and what it brings is not news.
  if (!tag) return;
  show();
  if (id && $('#who')) $('#who').focus();
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener('click', () => { location.hash = tab.dataset.view; });
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    location.hash = next.dataset.view;
    next.focus();
  });
}
$('#find').addEventListener('input', show);
window.addEventListener('hashchange', follow);

async function ask() {
  try {
    const response = await fetch('/__emulator/page.json', { headers: tag ? { 'if-none-match': tag } : {}, cache: 'no-store' });
    if (response.status === 200) {
      tag = response.headers.get('etag') || '';
      state = await response.json();
      show();
    } else {
      state.now = new Date(Date.parse(state.now) + 1000).toISOString();
      refreshTimes();
    }
    const waiting = state.counts.pending > 0 ? ', ' + state.counts.pending + ' on their way' : '';
    $('#live').className = 'on';
    $('#live-text').textContent = 'Live' + waiting;
  } catch {
    $('#live').className = 'off';
    $('#live-text').textContent = 'Not reachable, trying again';
  }
  setTimeout(ask, 1000);
}

follow();
ask();
`;
