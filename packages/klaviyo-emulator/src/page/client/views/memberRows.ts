import { make } from '../make.ts';
import { personLink } from '../personLink.ts';
import { timeOf } from '../timeOf.ts';

/** Who belongs to a list or a segment, newest first. */
export function memberRows(members: { profile: string; name: string; joined: string }[]): HTMLElement {
  const rows = members.map(({ profile, name, joined }) =>
    make('div', { class: 'row' }, personLink(profile, name), make('span', { class: 'meta' }, timeOf(joined))),
  );
  return make('div', { class: 'members' }, ...rows);
}
