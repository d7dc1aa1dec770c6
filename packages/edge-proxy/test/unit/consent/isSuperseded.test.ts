import { expect, it } from 'vitest';
import type { Purpose } from '../../../src/consent/decision.ts';
import { isSuperseded } from '../../../src/consent/isSuperseded.ts';

const optOut = { channels: ['email'], decidedAtMs: 5 };
const said = (decision: 'granted' | 'denied', decided_at: number, list = 'L1', purpose: Purpose = 'email') => ({
  purpose,
  list,
  decision,
  decided_at,
});

it.each([
  ['is not, while nothing else was said', [said('denied', 5, '')], false],
  ['is, by a later yes', [said('denied', 5, ''), said('granted', 6)], true],
  ['is not by an earlier yes', [said('granted', 4), said('denied', 5, '')], false],
  ['is not by a yes at the same time', [said('denied', 5, ''), said('granted', 5)], false],
  ['is not by a yes that was taken back', [said('granted', 6), said('denied', 7, '')], false],
  ['is not by a yes to another channel', [said('denied', 5, ''), said('granted', 6, 'L1', 'sms')], false],
  ['is, by a later yes to everything', [said('granted', 6, '')], true],
])('an opt-out %s', (_title, states, expected) => {
  expect(isSuperseded(optOut, states)).toBe(expected);
});

it('an opt-out of two channels goes while one of them is still out', () => {
  const both = { channels: ['email', 'sms'], decidedAtMs: 5 };
  expect([
    isSuperseded(both, [said('granted', 6)]),
    isSuperseded(both, [said('granted', 6), said('granted', 6, 'L1', 'sms')]),
  ]).toEqual([false, true]);
});
