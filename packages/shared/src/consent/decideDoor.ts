import { coversEvent } from '../commerce/coversEvent.ts';
import type { ConsentPolicy, SourceKind } from '../config/schema.ts';
import { DOOR_TABLE } from './doorTable.ts';
import { type ConsentSignals, readAnswer } from './readAnswer.ts';
import { ruleOf } from './regions.ts';

export interface DoorFacts extends ConsentSignals {
  /** The event's name, for the policy's list of transactional events. */
  event: string | undefined;
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
  const signal = consent?.gpc === true ? 'gpc' : readAnswer(policy.required, facts);
  const outcome = DOOR_TABLE[ruleOf(facts.country, policy)][signal];
  if (outcome === 'refuse') return { ok: false, reason: 'consent_denied' };
  if (outcome === 'send' || policy.unknown === 'send') return { ok: true, purpose: 'tracking' };
  return { ok: false, reason: 'consent_unknown' };
}
