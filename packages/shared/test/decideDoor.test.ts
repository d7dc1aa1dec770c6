import { describe, expect, it } from 'vitest';
import { type Config, type ConsentContext, type DoorFacts, decideDoor, parseConfig } from '../src/index.ts';

const parsed = parseConfig({ sources: [{ id: 'backend', kind: 'server' }] });
const policies = (parsed.ok ? parsed.config : ({ consent: {} } as Config)).consent;

/** A page view in Germany of somebody who agreed, by the default policy, changed where a row says so. */
function decide({ policy, ...change }: Partial<Omit<DoorFacts, 'policy'>> & { policy?: Partial<DoorFacts['policy']> }) {
  const base = policies[change.sourceKind === 'server' ? 'server' : 'default'];
  if (!base) throw new Error('the default policies are missing');
  const decision = decideDoor({
    event: 'Product Viewed',
    consent: { categoryPreferences: { marketing: true } },
    tcfPurposes: undefined,
    country: 'DE',
    sourceKind: 'public',
    ...change,
    policy: { ...base, ...policy },
  });
  return decision.ok ? decision.purpose : decision.reason;
}

const says = (marketing: boolean) => ({ categoryPreferences: { marketing } });
const silent = { consent: undefined };
const ads = (state: 'granted' | 'denied') => ({ ad_storage: state, ad_user_data: state, ad_personalization: state });
const mode = (googleConsentMode: ConsentContext['googleConsentMode']) => ({ consent: { googleConsentMode } });
const tcf = (...purposes: number[]) => ({ consent: null, tcfPurposes: new Set(purposes) });
const both = { policy: { required: ['marketing', 'analytics'] } };

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
    ['silence in the EU overseas', { ...silent, country: 'RE', policy: { else: 'optOut' } }, 'consent_unknown'],
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
    ['all advertising types granted by Consent Mode', mode(ads('granted')), 'tracking'],
    ['one advertising type denied', mode({ ...ads('granted'), ad_user_data: 'denied' }), 'consent_denied'],
    ['one advertising type not told', mode({ ad_storage: 'granted', ad_user_data: 'granted' }), 'consent_unknown'],
    ['a type of no concern denied', mode({ ...ads('granted'), analytics_storage: 'denied' }), 'tracking'],
    ['a no by Consent Mode in an opt-out country', { ...mode(ads('denied')), country: 'US' }, 'consent_denied'],
    [
      'a no by Consent Mode beside a yes to the banner',
      { consent: { ...says(true), googleConsentMode: ads('denied') } },
      'consent_denied',
    ],
    [
      'a no to the banner beside a yes by Consent Mode',
      { consent: { ...says(false), googleConsentMode: ads('granted') } },
      'consent_denied',
    ],
    ['TCF purposes 1, 3 and 4', tcf(1, 3, 4), 'tracking'],
    ['TCF without purpose 4', tcf(1, 2, 3, 5, 6, 7, 8, 9, 10, 11), 'consent_denied'],
    ['TCF without purpose 4 beside a yes', { tcfPurposes: new Set([1, 3]) }, 'consent_denied'],
    ['TCF of an unreadable string', { consent: { tcf: 'COx' } }, 'consent_unknown'],
    ['TCF and Global Privacy Control', { ...tcf(1, 3, 4), consent: { gpc: true } }, 'consent_denied'],
    [
      'each category granted by another signal',
      { ...both, consent: { ...says(true), googleConsentMode: { analytics_storage: 'granted' } } },
      'tracking',
    ],
    ['both categories granted by TCF', { ...tcf(1, 3, 4, 8, 9), ...both }, 'tracking'],
    ['one category granted by TCF, the other refused', { ...tcf(1, 3, 4), ...both }, 'consent_denied'],
    [
      'a category that Consent Mode and TCF do not know',
      {
        consent: { googleConsentMode: ads('denied') },
        tcfPurposes: new Set(),
        policy: { required: ['constructor', 'C0004'] },
      },
      'consent_unknown',
    ],
  ] as const)('%s', (_title, change, expected) => {
    expect(decide(change as Parameters<typeof decide>[0])).toBe(expected);
  });
});

/** What each signal may say of marketing, and how; every combination of them is asked for below. */
const STATES = [undefined, 'granted', 'denied'] as const;
const OF_BANNER = { granted: says(true), denied: says(false) };
const OF_TCF = { granted: new Set([1, 3, 4]), denied: new Set([1, 3]) };
const combinations = [false, true].flatMap((gpc) =>
  STATES.flatMap((banner) =>
    STATES.flatMap((ads1) =>
      STATES.flatMap((ads2) => STATES.map((purposes) => ({ gpc, banner, ads1, ads2, purposes }))),
    ),
  ),
);

describe.each([
  ['opt-in, refuse', 'DE', 'refuse', 'consent_unknown'],
  ['opt-in, send', 'DE', 'send', 'tracking'],
  ['opt-out, refuse', 'US', 'refuse', 'tracking'],
  ['opt-out, send', 'US', 'send', 'tracking'],
  ['unknown country, refuse', undefined, 'refuse', 'consent_unknown'],
] as const)('Every combination of signals, %s:', (_title, country, unknown, ofSilence) => {
  it('a no by any signal is a no, a yes is a whole one, and the rest is silence', () => {
    const wrong = combinations.filter(({ gpc, banner, ads1, ads2, purposes }) => {
      const said = decide({
        consent: {
          ...(banner && OF_BANNER[banner]),
          gpc,
          googleConsentMode: { ad_storage: ads1, ad_user_data: ads2, ad_personalization: ads2 },
        },
        tcfPurposes: purposes && OF_TCF[purposes],
        country,
        policy: { unknown },
      });
      const isNo = gpc || [banner, ads1, ads2, purposes].includes('denied');
      const isYes = banner === 'granted' || purposes === 'granted' || (ads1 === 'granted' && ads2 === 'granted');
      return said !== (isNo ? 'consent_denied' : isYes ? 'tracking' : ofSilence);
    });
    expect([combinations.length, wrong]).toEqual([162, []]);
  });
});
