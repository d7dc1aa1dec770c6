import type { World } from './world.ts';

/** The events that Klaviyo was sent: each as `metric unique_id`, under the names that its profile goes by. */
export function eventsByProfile({ klaviyo }: World): Record<string, string[]> {
  const { profiles, events } = klaviyo.state();
  return Object.fromEntries(
    profiles.map((profile) => [
      profile.email ?? profile.phone_number ?? profile.external_id ?? profile.anonymous_ids.join(),
      events
        .filter((event) => event.profile === profile.id && event.integration === 'API')
        .map((event) => `${event.metric} ${event.unique_id}`)
        .sort(),
    ]),
  );
}

/** The calls that reached Klaviyo, as `operation status`. */
export function calls({ klaviyo }: World, operation?: string): string[] {
  return klaviyo
    .requests()
    .filter((request) => operation === undefined || request.operation === operation)
    .map((request) => `${request.operation} ${request.status}`);
}

/** When calls were sent, in milliseconds after the first. */
export function callTimes({ klaviyo }: World): number[] {
  const times = klaviyo.requests().map(({ time }) => Date.parse(time));
  return times.map((time) => time - (times[0] ?? 0));
}
