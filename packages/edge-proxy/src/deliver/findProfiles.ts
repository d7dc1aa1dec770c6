import { isJsonObject } from '@sluice/shared';
import type { KlaviyoCall } from '../klaviyo/client.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import type { Found, LookedUp } from './lane.ts';
import { MAX_PROFILES_PER_PAGE } from './limits.ts';
import type { StoredItem } from './storedItem.ts';

/** Strongest first: a person is looked up by one identifier. */
const LOOKED_UP_BY = ['email', 'phone_number', 'external_id'] as const satisfies (keyof Identifiers)[];

/** Asks Klaviyo for the ids of people, a page of them a call. Whom it does not know is left out. */
export async function findProfiles(items: readonly StoredItem[], call: KlaviyoCall, found: Found): Promise<LookedUp> {
  const filters = filtersFor(items);
  for (const filter of filters) {
    if (found.has(filter)) continue;
    const query = { filter, 'fields[profile]': 'email', 'page[size]': String(MAX_PROFILES_PER_PAGE) };
    const answer = await call({ operation: 'get_profiles', query });
    if (answer.kind !== 'response' || answer.status !== 200) return { ok: false, answer };
    const ids = readIds(answer.json);
    // A page that something else answered would pass for a list of nobody.
    if (ids === undefined) return { ok: false, answer: { kind: 'no_answer', why: 'network' } };
    found.set(filter, ids);
  }
  return { ok: true, profileIds: [...new Set(filters.flatMap((filter) => found.get(filter) ?? []))] };
}

/** One filter a page, so that each is answered whole. */
function filtersFor(items: readonly StoredItem[]): string[] {
  const people = items.flatMap(({ who }) => {
    const by = LOOKED_UP_BY.find((name) => who[name] !== undefined);
    return by === undefined ? [] : [{ by, value: who[by] as string }];
  });
  return LOOKED_UP_BY.flatMap((by) => {
    const values = [...new Set(people.filter((person) => person.by === by).map(({ value }) => JSON.stringify(value)))];
    const pages = Math.ceil(values.length / MAX_PROFILES_PER_PAGE);
    return Array.from({ length: pages }, (_, page) => {
      const of = values.slice(page * MAX_PROFILES_PER_PAGE, (page + 1) * MAX_PROFILES_PER_PAGE);
      return `any(${by},[${of.join(',')}])`;
    });
  });
}

function readIds(json: unknown): string[] | undefined {
  if (!isJsonObject(json) || !Array.isArray(json.data)) return undefined;
  return json.data.flatMap((row) => (isJsonObject(row) && typeof row.id === 'string' ? [row.id] : []));
}
