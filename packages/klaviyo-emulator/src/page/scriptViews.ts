/** One function a view; each takes rows of the page's JSON and returns elements. */
export const SCRIPT_VIEWS = `
const KINDS = { SUBSCRIBED: 'good', UNSUBSCRIBED: 'bad', NEVER_SUBSCRIBED: '' };
const CHANNEL_NAMES = {
  email: 'Email', email_open_tracking: 'Email open tracking', sms: 'SMS', sms_transactional: 'SMS transactional',
  whatsapp: 'WhatsApp', whatsapp_transactional: 'WhatsApp transactional', whatsapp_conversational: 'WhatsApp conversational', push: 'Push',
};
const words = (text) => text.toLowerCase().replaceAll('_', ' ');
const nameOf = (profile) => profile.email || profile.phone_number || profile.external_id || 'Anonymous ' + (profile.anonymous_ids[0] || profile.id).slice(0, 12);

function properties(record) {
  const list = make('dl', { class: 'props' });
  for (const [key, value] of Object.entries(record)) {
    const nested = typeof value === 'object' && value !== null;
    const size = nested ? (Array.isArray(value) ? value.length + ' items' : Object.keys(value).length + ' fields') : '';
    const shown = nested
      ? make('details', { 'data-name': key }, make('summary', {}, size), make('pre', { tabindex: 0 }, JSON.stringify(value, null, 2)))
      : String(value);
    list.append(make('dt', {}, key), make('dd', {}, shown));
  }
  return list;
}

function eventCard({ event, owner }) {
  const about = make('p', { class: 'meta' });
  if (owner) about.append(make('button', { class: 'link', click: () => openProfile(event.profile) }, owner));
  about.append(timeOf(event.time));
  if (event.unique_id) about.append(make('span', { class: 'mono', title: 'unique_id' }, event.unique_id));
  const value = event.value === null ? undefined : make('span', { class: 'value' }, money(event.value, event.value_currency));
  const name = make('span', { class: 'name' }, event.metric, ' ', event.backfill ? badge('backfill', 'wait') : '');
  return make('article', { class: 'card' }, make('div', { class: 'row' }, name, value), about, properties(event.properties));
}

function consentBadges(profile) {
  const { email, sms } = profile.consent;
  const badges = [profile.anonymous ? badge('anonymous', 'anonymous') : undefined];
  for (const [label, channel] of [['Email', email], ['SMS', sms]]) {
    if (channel.consent !== 'NEVER_SUBSCRIBED') badges.push(badge(label + ' ' + words(channel.consent), KINDS[channel.consent]));
    if (channel.pending.length > 0) badges.push(badge(label + ' awaits confirmation', 'wait'));
  }
  for (const { reason } of profile.suppressions) badges.push(badge('suppressed: ' + words(reason), 'bad'));
  return make('div', { class: 'badges' }, ...badges);
}

function personCard({ profile, events }) {
  const count = events === 1 ? '1 event' : events + ' events';
  return make('button', { class: 'card person', click: () => openProfile(profile.id) },
    make('span', { class: 'name' }, nameOf(profile)),
    make('span', { class: 'meta' }, make('span', {}, count), timeOf(profile.updated)),
    consentBadges(profile));
}

function consentCard(name, channel) {
  const card = make('div', { class: 'consent' }, make('div', { class: 'row' }, make('span', {}, CHANNEL_NAMES[name] || name), badge(words(channel.consent), KINDS[channel.consent])));
  if (channel.timestamp) card.append(make('p', { class: 'meta' }, timeOf(channel.timestamp), channel.doubleOptIn ? 'double opt-in' : '', channel.customSource || ''));
  for (const { list } of channel.pending) card.append(make('p', { class: 'meta' }, badge('awaits confirmation' + (list ? ' for ' + list : ''), 'wait')));
  return card;
}

function profileHead({ profile, lists }) {
  const ids = { 'E-mail': profile.email, Phone: profile.phone_number, 'External id': profile.external_id, 'Anonymous ids': profile.anonymous_ids.join(', '), Id: profile.id, ...profile.attributes };
  const known = Object.fromEntries(Object.entries(ids).filter(([, value]) => value));
  const channels = Object.entries(profile.consent).filter(([name, channel]) => name === 'email' || name === 'sms' || channel.updated || channel.pending.length > 0);
  const head = make('div', {}, make('h2', { tabindex: -1, id: 'who' }, nameOf(profile)), consentBadges(profile), properties(known));
  head.append(make('h3', {}, 'Consent'), make('div', { class: 'consents' }, ...channels.map(([name, channel]) => consentCard(name, channel))));
  if (lists.length > 0 || profile.list_suppressions.length > 0) head.append(make('h3', {}, 'Lists'), make('div', { class: 'badges' },
    ...lists.map((list) => badge(list, 'good')), ...profile.list_suppressions.map(({ list }) => badge('left ' + list, 'bad'))));
  const more = { ...profile.properties, ...(Object.keys(profile.location).length > 0 ? { location: profile.location } : {}) };
  if (Object.keys(more).length > 0) head.append(make('h3', {}, 'Properties'), properties(more));
  head.append(make('h3', {}, 'Timeline'));
  return head;
}

function listCard(list) {
  const process = list.opt_in_process === 'double_opt_in' ? badge('double opt-in', 'wait') : badge('single opt-in', 'good');
  const members = list.members.map((member) => make('div', { class: 'row' },
    make('button', { class: 'link', click: () => openProfile(member.profile) }, member.name), make('span', { class: 'meta' }, timeOf(member.joined))));
  return make('article', { class: 'card' },
    make('div', { class: 'row' }, make('span', { class: 'name' }, list.name), process),
    make('p', { class: 'meta' }, make('span', { class: 'mono' }, list.id), make('span', {}, list.size === 1 ? '1 member' : list.size + ' members')),
    make('div', { class: 'members' }, ...members));
}

function requestCard(entry) {
  const kind = entry.status < 300 ? 'good' : entry.status === 429 || entry.status >= 500 ? 'wait' : 'bad';
  const body = make('pre', { tabindex: 0 }, 'Loading');
  const load = async () => {
    const found = await (await fetch('/__emulator/requests?limit=1&since=' + (entry.id - 1))).json();
    const kept = found[0] && found[0].id === entry.id ? found[0].requestBody : null;
    body.textContent = kept === null ? 'The body was not kept.' : JSON.stringify(kept, null, 2);
  };
  const card = make('article', { class: 'card' }, make('div', { class: 'row' },
    make('span', {}, badge(String(entry.status), kind), ' ', make('span', { class: 'name' }, entry.operation || entry.method), ' ', entry.fault ? badge('fault', 'wait') : ''),
    make('span', { class: 'meta' }, entry.items > 0 ? make('span', {}, entry.items === 1 ? '1 item' : entry.items + ' items') : '', timeOf(entry.time))));
  card.append(make('p', { class: 'meta mono' }, entry.method + ' ' + entry.path));
  if (entry.errors.length > 0) card.append(make('p', { class: 'meta mono' }, entry.errors.slice(0, 5).map(({ code, pointer }) => code + ' ' + (pointer || '')).join(' \\u00b7 ')));
  if (entry.bodyBytes > 0) card.append(make('details', { 'data-name': 'body', toggle: (event) => { if (event.target.open) load(); } }, make('summary', {}, 'Body, ' + entry.bodyBytes + ' bytes'), body));
  return card;
}
`;
