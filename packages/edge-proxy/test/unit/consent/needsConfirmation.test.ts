import { expect, it } from 'vitest';
import { needsConfirmation, type Past } from '../../../src/consent/needsConfirmation.ts';

const ask = { purpose: 'email' as const, lists: ['L1'], believed: new Set(['backend', 'klaviyo:read']) };
const said = (decision: Past['decision'], decided_at: number, change: Partial<Past> = {}): Past => ({
  purpose: 'email',
  list: '',
  decision,
  decided_at,
  source: 'web',
  ...change,
});
const seen = (status: 'pending' | 'subscribed', seen_at: number, list = 'L1') => ({
  purpose: 'email' as const,
  list,
  status,
  seen_at,
});

it.each([
  ['nobody who never opted out', [said('granted', 1)], [], false],
  ['whoever opted out', [said('denied', 2)], [], true],
  ['whoever opted out of the list', [said('denied', 2, { list: 'L1' })], [], true],
  ['nobody who opted out of another list', [said('denied', 2, { list: 'L2' })], [], false],
  ['nobody who opted out of another channel', [said('denied', 2, { purpose: 'sms' })], [], false],
  ['whoever a page alone says is back', [said('denied', 2), said('granted', 3)], [], true],
  ['nobody whom the back end says is back', [said('denied', 2), said('granted', 3, { source: 'backend' })], [], false],
  ['nobody who told Klaviyo', [said('denied', 2), said('granted', 3, { source: 'klaviyo:read' })], [], false],
  ['whoever the back end knew before', [said('granted', 1, { source: 'backend' }), said('denied', 2)], [], true],
  ['whoever was asked and has not clicked', [said('denied', 2), said('granted', 3)], [seen('pending', 4)], true],
  ['nobody who was seen to have clicked', [said('denied', 2), said('granted', 3)], [seen('subscribed', 4)], false],
  [
    'nobody who clicked for another list, after an opt-out of all',
    [said('denied', 2)],
    [seen('subscribed', 4, 'L2')],
    false,
  ],
  [
    'whoever left the list and clicked for another',
    [said('denied', 2, { list: 'L1' })],
    [seen('subscribed', 4, 'L2')],
    true,
  ],
  ['whom a source vouches for that is no more', [said('denied', 2), said('granted', 3, { source: 'old' })], [], true],
  ['whoever opted out after that', [said('granted', 3), said('denied', 5)], [seen('subscribed', 4)], true],
])('asks for a confirmation: %s', (_title, past, statuses, expected) => {
  expect(needsConfirmation(ask, past, statuses)).toBe(expected);
});
