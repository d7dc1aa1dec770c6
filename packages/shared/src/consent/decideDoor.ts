import { coversEvent } from '../commerce/coversEvent.ts';
import type { ConsentPolicy, SourceKind } from '../config/schema.ts';
import type { ConsentContext } from '../messages/schema.ts';
import { isInRegion } from './regions.ts';

export interface DoorFacts {
  /** The event's name, for the policy's list of transactional events. */
  event: string | undefined;
  consent: ConsentContext | null | undefined;
  /** ISO 3166-1 code of where the customer is; undefined means the strictest rule. */
  country: string | undefined;
  sourceKind: SourceKind;
  policy: ConsentPolicy;
}

export type DoorDecision =
  | { ok: true; purpose: 'tracking' | 'transactional' }
  | { ok: false; reason: 'consent_denied' | 'consent_unknown' };

/** Decides at the door whether one event may come in, from what its sender says. Pure. */
export function decideDoor(facts: DoorFacts): DoorDecision {
  const { policy, consent } = facts;
  // From a page anyone could claim that an event is an order, so only a server's word opens this way.
  if (facts.sourceKind === 'server' && facts.event !== undefined && coversEvent(policy.transactional, facts.event)) {
    return { ok: true, purpose: 'transactional' };
  }
  const preferences = consent?.categoryPreferences ?? {};
  const answers = policy.required.map((category) =>
    Object.hasOwn(preferences, category) ? preferences[category] : undefined,
  );
  // Global Privacy Control is a legal opt-out in several US states; we heed it everywhere.
  if (consent?.gpc === true || answers.includes(false)) return { ok: false, reason: 'consent_denied' };
  // All required categories, not any: one grant must never open another.
  if (answers.every((answer) => answer === true)) return { ok: true, purpose: 'tracking' };
  const sends = isOptOut(facts.country, policy) || policy.unknown === 'send';
  return sends ? { ok: true, purpose: 'tracking' } : { ok: false, reason: 'consent_unknown' };
}

function isOptOut(country: string | undefined, policy: ConsentPolicy): boolean {
  if (country === undefined || isInRegion(country, policy.optIn)) return false;
  return isInRegion(country, policy.optOut) || policy.else === 'optOut';
}
