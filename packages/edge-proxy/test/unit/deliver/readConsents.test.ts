import { expect, it } from 'vitest';
import { readConsents } from '../../../src/deliver/readBack/readConsents.ts';
import type { KlaviyoAnswer, KlaviyoRequest } from '../../../src/klaviyo/client.ts';

const answer = (json: unknown, status = 200): KlaviyoAnswer => ({
  kind: 'response',
  status,
  json,
  errors: undefined,
  retryAfterMs: undefined,
  rateLimit: {},
});
const person = (email: string, consent: string) => ({
  type: 'profile',
  attributes: { email, phone_number: null, subscriptions: { email: { marketing: { consent } } } },
});
const ada = { channel: 'email' as const, address: 'ada@example.com' };

async function ask(contacts: Parameters<typeof readConsents>[0], page: KlaviyoAnswer) {
  const asked: KlaviyoRequest[] = [];
  const call = async (request: KlaviyoRequest) => {
    asked.push(request);
    return page;
  };
  return { asked, read: await readConsents(contacts, { call, nowMs: 0 }) };
}

it('asks a hundred people a call, each channel by its own address', async () => {
  const many = Array.from({ length: 150 }, (_, n) => ({ channel: 'email' as const, address: `p${n}@example.com` }));
  const { asked } = await ask([...many, { channel: 'sms', address: '+12025550123' }, ada, ada], answer({ data: [] }));
  const filters = asked.map(({ query }) => query?.filter ?? '');
  expect(filters.map((filter) => [filter.slice(0, filter.indexOf('[')), filter.split(',').length - 1])).toEqual([
    ['any(email,', 100],
    ['any(email,', 51],
    ['any(phone_number,', 1],
  ]);
});

it('takes whom Klaviyo does not know for undecided, and of two profiles the no', async () => {
  const data = [person('ADA@example.com', 'UNSUBSCRIBED'), person('ada@example.com', 'SUBSCRIBED')];
  const { read } = await ask([ada, { ...ada, address: 'grace@example.com' }], answer({ data }));
  expect(read.ok && read.consents.map(({ address, decision }) => [address, decision])).toEqual([
    ['ada@example.com', 'denied'],
    ['grace@example.com', null],
  ]);
});

it('takes nothing for a list of nobody but a list', async () => {
  const reads = await Promise.all(
    [answer('<html>'), answer({ ok: true }), answer(undefined, 503)].map((page) => ask([ada], page)),
  );
  expect(reads.map(({ read }) => read.ok)).toEqual([false, false, false]);
});
