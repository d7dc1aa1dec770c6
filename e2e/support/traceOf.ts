import { MAIL_DOMAIN } from './demo.ts';
import type { KlaviyoClient } from './klaviyoClient.ts';

/** Klaviyo's own, which differ from profile to profile. */
const ITS_OWN = new Set(['id', 'created', 'updated', 'last_event_date', 'anonymous_id']);

/**
 * What Klaviyo holds of one run's customer: profiles and events, with the run's name and the ids of messages taken
 * out, so that two runs that did the same have the same.
 */
export async function traceOf(run: string, klaviyo: KlaviyoClient) {
  const profiles = await klaviyo.profiles();
  const own = profiles.filter((profile) => JSON.stringify(profile).includes(run));
  const events = await Promise.all(own.map(({ id }) => klaviyo.events(`equals(profile_id,"${id}")`)));
  const nameless = events.flat().map((event) => {
    const isOrders = String(event.uniqueId).includes(run);
    return { ...event, uniqueId: isOrders ? event.uniqueId : '<message id>' };
  });
  const trace = {
    profiles: own.map((profile) => Object.fromEntries(Object.entries(profile).filter(([key]) => !ITS_OWN.has(key)))),
    events: nameless.toSorted((a, b) => textOf(a).localeCompare(textOf(b))),
  };
  return JSON.parse(JSON.stringify(trace).replaceAll(run, '<run>')) as typeof trace;
}

export type Trace = Awaited<ReturnType<typeof traceOf>>;

const textOf = (event: { metric: string; uniqueId: unknown }) => `${event.metric} ${event.uniqueId}`;

/** How many of a run's events have arrived. */
export async function countEvents(run: string, klaviyo: KlaviyoClient): Promise<number> {
  const events = await klaviyo.events();
  return events.filter(({ email }) => email === `${run}${MAIL_DOMAIN}`).length;
}
