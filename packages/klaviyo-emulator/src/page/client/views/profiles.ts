import type { PageData } from '../../describePage.ts';
import { byId } from '../byId.ts';
import { keepRows } from '../keepRows.ts';
import { nameOf } from '../nameOf.ts';
import { store } from '../store.ts';
import { within } from '../within.ts';
import { eventCard } from './eventCard.ts';
import { personCard } from './personCard.ts';
import { profileHead } from './profileHead.ts';
import type { View } from './View.ts';

type Profile = PageData['profiles'][number];

export const profiles: View = {
  count: ({ counts }) => counts.profiles,
  show(data) {
    const wanted = byId('find', HTMLInputElement).value.trim().toLowerCase();
    const perProfile = Map.groupBy(data.events, (event) => event.profile);
    const rows = data.profiles
      .filter((profile) => searchText(profile).includes(wanted))
      .map((profile) => ({ key: profile.id, data: { profile, events: perProfile.get(profile.id)?.length ?? 0 } }));
    const people = within('profiles', '.side .rows');
    keepRows(people, rows, { build: personCard, empty: wanted ? 'Nobody found.' : 'No profiles yet.' });
    for (const button of people.querySelectorAll<HTMLElement>('.person'))
      button.setAttribute('aria-current', String(button.dataset.key === store.chosen));
    showDetail(data, perProfile.get(store.chosen) ?? []);
  },
};

function searchText(profile: Profile): string {
  const { phone_number, external_id, anonymous_ids, id, attributes } = profile;
  return JSON.stringify([nameOf(profile), phone_number, external_id, anonymous_ids, id, attributes]).toLowerCase();
}

function showDetail(data: PageData, timeline: PageData['events']): void {
  const profile = data.profiles.find(({ id }) => id === store.chosen);
  const hint = data.profiles.length > 0 ? 'Choose a profile.' : 'Profiles appear with their first event or import.';
  const head = profile ? [{ key: profile.id, data: { profile, lists: nameLists(data, profile) } }] : [];
  keepRows(within('profiles', '.head'), head, { build: profileHead, empty: hint, of: store.chosen });
  const place = within('profiles', '.timeline');
  place.hidden = profile === undefined;
  const rows = timeline.map((event) => ({ key: event.id, data: { event } }));
  keepRows(place, rows, { build: eventCard, empty: 'No events.', of: store.chosen });
}

/** The names of the account's lists by id: ids of other accounts' lists may be the same. */
function nameLists(data: PageData, profile: Profile): Record<string, string> {
  const own = data.lists.filter(({ account }) => account === profile.account);
  return Object.fromEntries(own.map(({ id, name }) => [id, name]));
}
