import { describe, expect, it } from 'vitest';
import { type Config, type DoorFacts, decideDoor, parseConfig } from '../src/index.ts';

const parsed = parseConfig({ sources: [{ id: 'backend', kind: 'server' }] });
const policies = (parsed.ok ? parsed.config : ({ consent: {} } as Config)).consent;

/** A page view in Germany of somebody who agreed, by the default policy, changed where a row says so. */
function decide({ policy, ...change }: Partial<Omit<DoorFacts, 'policy'>> & { policy?: Partial<DoorFacts['policy']> }) {
  const base = policies[change.sourceKind === 'server' ? 'server' : 'default'];
  if (!base) throw new Error('the default policies are missing');
  const decision = decideDoor({
    event: 'Product Viewed',
    consent: { categoryPreferences: { marketing: true } },
    country: 'DE',
    sourceKind: 'public',
    ...change,
    policy: { ...base, ...policy },
  });
  return decision.ok ? decision.purpose : decision.reason;
}

const says = (marketing: boolean) => ({ categoryPreferences: { marketing } });
const silent = { consent: undefined };

describe('Nothing leaves without consent', () => {
  it.each([
    ['a yes where one is needed', {}, 'tracking'],
    ['a no where one is needed', { consent: says(false) }, 'consent_denied'],
    ['silence where a yes is needed', silent, 'consent_unknown'],
    ['null where a yes is needed', { consent: null }, 'consent_unknown'],
    ['silence where a yes is needed and the policy sends', { ...silent, policy: { unknown: 'send' } }, 'tracking'],
    ['a no where the policy sends on silence', { consent: says(false), policy: { unknown: 'send' } }, 'consent_denied'],
    ['silence in an opt-out country', { ...silent, country: 'US' }, 'tracking'],
    ['a no in an opt-out country', { consent: says(false), country: 'US' }, 'consent_denied'],
    ['Global Privacy Control in an opt-out country', { consent: { gpc: true }, country: 'US' }, 'consent_denied'],
    ['Global Privacy Control beside a yes', { consent: { ...says(true), gpc: true } }, 'consent_denied'],
    ['Global Privacy Control that is off', { consent: { ...says(true), gpc: false } }, 'tracking'],
    ['silence in an unknown country: the strictest rule', { ...silent, country: undefined }, 'consent_unknown'],
    [
      'silence in an unknown country, where else is optOut',
      { ...silent, country: undefined, policy: { else: 'optOut' } },
      'consent_unknown',
    ],
    ['silence in a country of no list', { ...silent, country: 'JP' }, 'consent_unknown'],
    [
      'silence in a country of no list, where else is optOut',
      { ...silent, country: 'JP', policy: { else: 'optOut' } },
      'tracking',
    ],
    [
      'silence in a country of both lists: the stricter one',
      { ...silent, country: 'DE', policy: { optOut: ['DE'] } },
      'consent_unknown',
    ],
    ['silence in the EEA outside the EU', { ...silent, country: 'NO', policy: { else: 'optOut' } }, 'consent_unknown'],
    [
      'silence in Greece, whose code is GR',
      { ...silent, country: 'GR', policy: { else: 'optOut' } },
      'consent_unknown',
    ],
    ['one yes of two needed', { policy: { required: ['marketing', 'analytics'] } }, 'consent_unknown'],
    [
      'a yes and a no of two needed',
      {
        consent: { categoryPreferences: { marketing: true, analytics: false } },
        policy: { required: ['marketing', 'analytics'] },
      },
      'consent_denied',
    ],
    [
      'a no in a category that is not needed',
      { consent: { categoryPreferences: { marketing: true, analytics: false } } },
      'tracking',
    ],
    [
      'a category that every object has',
      { consent: { categoryPreferences: {} }, policy: { required: ['constructor'] } },
      'consent_unknown',
    ],
    ["a server's silence, by the server's policy", { ...silent, sourceKind: 'server', country: undefined }, 'tracking'],
    ["a server's no", { consent: says(false), sourceKind: 'server' }, 'consent_denied'],
    ["a server's order", { ...silent, sourceKind: 'server', event: 'Order Completed' }, 'transactional'],
    [
      "a server's order after a no",
      { consent: says(false), sourceKind: 'server', event: 'Order Completed' },
      'transactional',
    ],
    [
      "a page's order after a no, however the policy reads",
      { consent: says(false), event: 'Order Completed', policy: { transactional: ['Order Completed'] } },
      'consent_denied',
    ],
    [
      "a server's order under Klaviyo's name",
      { ...silent, sourceKind: 'server', event: 'Placed Order' },
      'transactional',
    ],
    [
      "a line of a server's order",
      { consent: says(false), sourceKind: 'server', event: 'Ordered Product' },
      'transactional',
    ],
    [
      "a server's order where the policy lists but its lines",
      {
        consent: says(false),
        sourceKind: 'server',
        event: 'Order Completed',
        policy: { transactional: ['Ordered Product'] },
      },
      'consent_denied',
    ],
    ['a view without a name', { event: undefined }, 'tracking'],
  ] as const)('%s', (_title, change, expected) => {
    expect(decide(change as Parameters<typeof decide>[0])).toBe(expected);
  });
});
