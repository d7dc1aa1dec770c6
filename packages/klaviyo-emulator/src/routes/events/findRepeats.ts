import { eventKey } from '../../state/eventKey.ts';
import { metricKey } from '../../state/findOrCreateMetric.ts';
import { findMatches, IDENTIFIER_ORDER, normalEmail } from '../../state/findProfile.ts';
import type { Account } from '../../state/types.ts';
import type { EventGroup, ProfileResource } from '../../wire.ts';

/** Events whose unique_id stands earlier in the same request, or is already stored, for their profile and metric. */
export function findRepeats(account: Account, groups: readonly EventGroup[]): { group: number; event: number }[] {
  const seen = new Set<string>();
  return groups.flatMap(({ attributes }, group) => {
    const person = identify(account, attributes.profile.data);
    return attributes.events.data.flatMap(({ attributes: event }, position) => {
      if (!event.unique_id) return [];
      const { name, service } = event.metric.data.attributes;
      const metric = metricKey(name, service ?? null);
      const metricId = account.index.metric.get(metric) ?? metric;
      const key = eventKey({ profileId: person, metricId, uniqueId: event.unique_id, timeMs: 0 });
      const repeated = seen.has(key) || account.index.eventKeys.has(key);
      seen.add(key);
      return repeated ? [{ group, event: position }] : [];
    });
  });
}

/** The known profile's id, else the strongest identifier given. */
function identify(account: Account, { id, attributes }: ProfileResource): string {
  const identifiers = { ...attributes, id };
  const [known] = findMatches(account, identifiers);
  if (known) return known.profile.id;
  const name = IDENTIFIER_ORDER.find((each) => identifiers[each]) ?? 'id';
  const value = identifiers[name] ?? '';
  return `${name}=${name === 'email' ? normalEmail(value) : value}`;
}
