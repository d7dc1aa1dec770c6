import type { Sluice } from '../types.ts';

type Call = [method: string, ...args: unknown[]];
type Details = Record<string, unknown>;

/** Klaviyo's names of traits, with and without the $ of its older snippets. */
const TRAITS: Record<string, string> = {
  phone_number: 'phone',
  first_name: 'firstName',
  last_name: 'lastName',
};

/**
 * Takes over what a shop's snippets say to klaviyo.js, where that is no longer loaded: `klaviyo.track`, `identify`,
 * `push`, and what stands in `_learnq` and `klaviyo` already. Events keep Klaviyo's names and properties. Forms and
 * pop-ups are klaviyo.js's own and are not taken over.
 *
 * @example takeOverKlaviyo(sluice)
 */
export function takeOverKlaviyo(sluice: Pick<Sluice, 'track' | 'identify'>): void {
  const page = window as unknown as Record<string, unknown>;
  const methods: Record<string, (...args: never[]) => void> = {
    track: (event: string, properties?: Details, callback?: () => void) =>
      sluice.track(event, properties, {}, callback),
    trackViewedItem() {},
    identify(details: Details = {}, callback?: () => void) {
      const { external_id, $id = external_id, ...rest } = details;
      const traits: Details = {};
      for (const [name, value] of Object.entries(rest)) {
        const plain = name.replace('$', '');
        traits[TRAITS[plain] ?? plain] = value;
      }
      sluice.identify($id as string | undefined, traits, {}, callback);
    },
  };
  const run = async (method: string, ...args: unknown[]) =>
    (methods[method] as ((...args: unknown[]) => void) | undefined)?.(...args);
  const push = (...calls: Call[]) => {
    for (const call of calls) run(...call);
  };
  // Any other method resolves to nothing, so that a snippet that asks for one goes on.
  const klaviyo = new Proxy(
    { push },
    { get: (own, name) => (name === 'push' ? own.push : run.bind(null, name as string)) },
  );
  const before = [page._learnq, page._klOnsite, page.klaviyo].filter(Array.isArray) as Call[][];
  page._learnq = page._klOnsite = { push };
  page.klaviyo = klaviyo;
  for (const calls of before) push(...calls);
}
