import { expect, it } from 'vitest';
import type { Purpose } from '../../../src/consent/decision.ts';
import { supersededBy } from '../../../src/consent/supersededBy.ts';

const optOut = { channels: ['email'], decidedAtMs: 5 };
const said = (decision: 'granted' | 'denied', decided_at: number, list = 'L1', purpose: Purpose = 'email') => ({
  purpose,
  list,
  decision,
  decided_at,
});

it.each([
  ['nothing else was said', [said('denied', 5, '')]],
  ['the yes is earlier', [said('granted', 4), said('denied', 5, '')]],
  ['the yes came at the same time', [said('denied', 5, ''), said('granted', 5)]],
  ['the yes was taken back', [said('granted', 6), said('denied', 7, '')]],
  ['the yes is to another channel', [said('denied', 5, ''), said('granted', 6, 'L1', 'sms')]],
])('an opt-out stands where %s', (_title, states) => {
  expect(supersededBy(optOut, states)).toBeUndefined();
});

it.each([
  ['a list', said('granted', 6)],
  ['everything', said('granted', 6, '')],
])('an opt-out is overtaken by a later yes to %s', (_title, yes) => {
  expect(supersededBy(optOut, [said('denied', 5, ''), yes])).toBe(yes);
});

it('an opt-out of two channels goes while one of them is still out', () => {
  const both = { channels: ['email', 'sms'], decidedAtMs: 5 };
  const [email, sms] = [said('granted', 6), said('granted', 6, 'L1', 'sms')];
  expect([supersededBy(both, [email]), supersededBy(both, [email, sms])]).toEqual([undefined, email]);
});
