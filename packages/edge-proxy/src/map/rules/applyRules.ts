import { metricsOf, type Rule } from '@sluice/shared';
import type { AcceptedEvent } from '../../ingest/acceptedEvent.ts';
import type { Identifiers } from '../../klaviyo/profileAttributes.ts';
import { wellFormed } from '../clean/wellFormed.ts';
import type { Draft } from '../drafts/draft.ts';
import type { MemberItem } from '../item.ts';
import type { MapSettings } from '../mapSettings.ts';
import { meets } from './meets.ts';

interface RuleFacts {
  event: AcceptedEvent;
  who: Identifiers;
  settings: MapSettings;
}

/**
 * The memberships that a message earns by the configuration's rules, one a list. A rule sees what happened, also under a
 * metric that is switched off: the shop may have Klaviyo told by somebody else.
 */
export function applyRules(drafts: readonly Draft[], { event, who, settings }: RuleFacts): MemberItem[] {
  const { rules = [], receivedAtMs } = settings;
  // A person who refused tracking is told of the order, and put on no list for it.
  if (rules.length === 0 || event.onlyTransactional === true) return [];
  const lists = new Set(rules.filter((rule) => drafts.some((draft) => fires(rule, draft))).map(({ addTo }) => addTo));
  return [...lists].map((list) => ({
    lane: 'members',
    id: `${wellFormed(event.id)}#member:${list}`,
    who,
    // Whatever the event is for: a list is no part of an order.
    purpose: 'tracking',
    receivedAtMs,
    action: 'add',
    list,
  }));
}

/** Klaviyo's names are looked at first, then those that the event came by, then what the event is worth. */
function fires({ when, where }: Rule, { metric, value, properties, said }: Draft): boolean {
  if (metricsOf(when)[0] !== metric) return false;
  const facts = { ...(value !== undefined && { value }), ...said, ...properties };
  return where.every((condition) => meets(facts, condition));
}
