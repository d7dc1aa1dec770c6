import type { Account, Source } from '@sluice/shared';

/** The lists of a source: those that a page may name, else the account's default list. */
export function listsOf(source: Source, { defaultList }: Account): string[] {
  const fallback = defaultList ? [defaultList] : [];
  return source.kind === 'public' && source.lists.length > 0 ? source.lists : fallback;
}
