import { make } from './make.ts';

/** Opens a profile, from wherever it is named. */
export function personLink(id: string, name: string): HTMLElement {
  return make('a', { class: 'link', href: `#/profiles/${id}`, 'data-name': `person ${id}` }, name);
}
