import type { StoredItem } from '../storedItem.ts';
import { type Contact, contactsOf } from './contactsOf.ts';

/** What an item changes of a contact: a sign-up is for a list. */
export type Change = Contact & { list?: string };

/** The changes of consent that an item makes. */
export function changesOf(item: StoredItem): Change[] {
  const list = item.lane === 'subscribe' ? (item.list ?? '') : undefined;
  return contactsOf(item).map((contact) => (list === undefined ? contact : { ...contact, list }));
}
