import { expect, it } from 'vitest';
import type { Decision } from '../../../src/consent/decision.ts';
import { tellStatus } from '../../../src/consent/tellStatus.ts';
import type { Status } from '../../../src/store/subscriptionStatus.ts';

const decision = (list: string): Decision => ({
  subject: { subject: '1.ada', kind: 'email', keyVersion: '1' },
  formerly: [],
  purpose: 'email',
  decision: 'granted',
  list,
  decidedAtMs: 5,
  receivedAtMs: 5,
  source: 'web',
  messageId: 'm',
  evidence: {},
});
const seen = (list: string, status: Status, seen_at: number) => ({
  subject: '1.ada',
  purpose: 'email' as const,
  list,
  status,
  seen_at,
});

it.each([
  ['accepted while nothing was seen', ['A'], [], 'accepted'],
  ['subscribed once that was seen', ['A'], [seen('A', 'subscribed', 9)], 'subscribed'],
  ['pending where the person was asked', ['A'], [seen('A', 'pending', 9)], 'pending'],
  ['accepted where that was seen before it was made', ['A'], [seen('A', 'subscribed', 4)], 'accepted'],
  ['accepted where it was seen of another list', ['A'], [seen('B', 'subscribed', 9)], 'accepted'],
  ['of several lists the least', ['A', 'B'], [seen('A', 'subscribed', 9), seen('B', 'pending', 9)], 'pending'],
  ['of several lists accepted where of one nothing was seen', ['A', 'B'], [seen('A', 'pending', 9)], 'accepted'],
])('a sign-up is %s', (_title, lists, statuses, expected) => {
  expect(tellStatus(lists.map(decision), statuses)).toBe(expected);
});
