import { expect, it } from 'vitest';
import { compareConsent } from '../../../../src/consent/reconcile/compareConsent.ts';
import type { KlaviyoConsent } from '../../../../src/consent/reconcile/readSubscriptions.ts';

const T = Date.UTC(2026, 10, 1);
const at = (seconds: number) => T + seconds * 1000;
const says = (decision: KlaviyoConsent['decision'], seconds = 0, change: Partial<KlaviyoConsent> = {}) => ({
  channel: 'email' as const,
  address: 'ada@example.com',
  decision,
  decidedAtMs: at(seconds),
  isEcho: false,
  left: [],
  ...change,
});
const yes = (seconds: number, list = 'L1') => ({ list, decision: 'granted' as const, decided_at: at(seconds) });
const no = (seconds: number, list = '') => ({ list, decision: 'denied' as const, decided_at: at(seconds) });
const learn = (decision: 'granted' | 'denied', seconds: number, list = '') => ({
  kind: 'learn' as const,
  decision,
  list,
  decidedAtMs: at(seconds),
});
const left = (seconds: number, list = 'L1') => says('granted', -9, { left: [{ list, decidedAtMs: at(seconds) }] });

it.each([
  ['both say yes', says('granted', 5), [yes(1)], []],
  ['both say no', says('denied', 5), [no(9)], []],
  ['nobody knows anything', says(null), [], []],
  ['a yes that we know nothing of is Klaviyo’s business', says('granted', 5), [], []],
  ['a no at Klaviyo of somebody unknown is learnt', says('denied', 5), [], [learn('denied', 5)]],
  ['a no at Klaviyo after the yes is learnt', says('denied', 5), [yes(1)], [learn('denied', 5)]],
  ['a no in the same second as the yes is a no', says('denied', 5), [yes(5.4)], [learn('denied', 5)]],
  [
    'a no at Klaviyo before the yes means that the yes has not arrived',
    says('denied', 5),
    [yes(7)],
    [{ kind: 'subscribe', list: 'L1', decidedAtMs: at(7) }],
  ],
  [
    'a yes that Klaviyo has not heard of',
    says(null),
    [no(1), yes(7)],
    [{ kind: 'subscribe', list: 'L1', decidedAtMs: at(7) }],
  ],
  ['a yes before the last no is none', says(null), [yes(1), no(7)], []],
  [
    'an old yes of ours that came late is taken back',
    says('granted', 9, { isEcho: true }),
    [yes(1), no(7)],
    [{ kind: 'unsubscribe', list: '', decidedAtMs: at(7) }],
  ],
  [
    'a yes at Klaviyo before the no is taken back',
    says('granted', 5),
    [no(7)],
    [{ kind: 'unsubscribe', list: '', decidedAtMs: at(7) }],
  ],
  ['a yes that the person gave Klaviyo after the no is learnt', says('granted', 9), [no(7)], [learn('granted', 9)]],
  [
    'a yes at Klaviyo before the no may still have to be taken back, beside a later yes that is unconfirmed',
    says('granted', 5),
    [no(7), yes(8)],
    [{ kind: 'unsubscribe', list: '', decidedAtMs: at(7) }],
  ],
  [
    'a no that is our own says nothing against the yes that followed it',
    says('denied', 9, { isEcho: true }),
    [no(7), yes(8)],
    [{ kind: 'subscribe', list: 'L1', decidedAtMs: at(8) }],
  ],
  ['a no that is our own is known', says('denied', 9, { isEcho: true }), [no(7)], []],
  ['a yes to us after the no stands beside Klaviyo’s', says('granted', 9), [no(7), yes(8)], []],
  ['a list that was left at Klaviyo is learnt', left(5), [yes(1)], [learn('denied', 5, 'L1')]],
  ['a list that was left in the same second is left', left(5), [yes(5.9)], [learn('denied', 5, 'L1')]],
  ['a list that was left is known', left(5), [no(9, 'L1')], []],
  [
    'a list that was joined again after it was left',
    left(5),
    [yes(7)],
    [{ kind: 'subscribe', list: 'L1', decidedAtMs: at(7) }],
  ],
  [
    'one list is spoken of once, on whatever grounds',
    says('denied', 5, { left: [{ list: 'L1', decidedAtMs: at(5) }] }),
    [yes(7)],
    [{ kind: 'subscribe', list: 'L1', decidedAtMs: at(7) }],
  ],
])('%s', (_title, klaviyo, states, findings) => {
  expect(compareConsent(klaviyo, states)).toEqual(findings);
});
