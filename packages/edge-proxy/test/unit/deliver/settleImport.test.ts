import { expect, it } from 'vitest';
import { profiles } from '../../../src/deliver/lanes/profiles.ts';
import { settleImport } from '../../../src/deliver/settleImport.ts';
import type { KlaviyoAnswer } from '../../../src/klaviyo/client.ts';
import { profileItem, receivedAtMs } from './support/items.ts';

const answer = (json: unknown, status = 200): KlaviyoAnswer => ({
  kind: 'response',
  status,
  json,
  errors: undefined,
  retryAfterMs: undefined,
  rateLimit: {},
});
const complete = (failed_count: number) => answer({ data: { attributes: { status: 'complete', failed_count } } });
const errorPage = (...pointers: (string | undefined)[]) =>
  answer({
    data: pointers.map((pointer) => ({
      attributes: { code: 'invalid', title: 'Invalid input.', detail: '', ...(pointer && { source: { pointer } }) },
    })),
  });
const row = (index: number) => `/data/attributes/profiles/data/${index}/attributes/email`;

/** What an import of some people comes to when Klaviyo answers so, one answer after the other. */
async function settle(people: number, ...answers: KlaviyoAnswer[]) {
  const items = Array.from({ length: people }, (_, index) => ({
    ...profileItem(`m${index}`, { who: { email: `p${index}@example.com` } }),
    subjects: [],
  }));
  const job = {
    id: 1,
    lane: 'profiles' as const,
    items,
    attempts: 0,
    nextMs: 0,
    createdMs: 0,
    place: 1,
    receivedMs: receivedAtMs,
    run: '',
  };
  const polling = { sinceMs: receivedAtMs, unreadable: 0, errors: [] };
  const step = () =>
    settleImport({
      job: { ...job, askedSeq: 0, settling: 'job-1' },
      id: 'job-1',
      lane: profiles,
      call: async () => answers.shift() ?? answer({}, 500),
      polling,
      random: () => 0,
    });
  let settlement = await step();
  while (settlement.kind === 'reading') settlement = await step();
  return 'dead' in settlement ? { kind: settlement.kind, dead: [...settlement.dead.keys()] } : settlement.kind;
}

it.each([
  ['is still at work', 3, [answer({ data: { attributes: { status: 'processing' } } })], 'pending'],
  ['took every row', 3, [complete(0)], 'done'],
  ['was cancelled', 3, [answer({ data: { attributes: { status: 'cancelled' } } })], 'retry'],
  ['is unknown to Klaviyo', 3, [answer({}, 404)], 'retry'],
  ['could not be asked after', 3, [answer({}, 503)], 'unanswered'],
  ['names the rows that failed', 3, [complete(1), errorPage(row(1))], { kind: 'settled', dead: [1] }],
  ['does not say why rows failed', 3, [complete(1), answer({}, 503)], 'unanswered'],
  ['lists fewer rows than failed', 3, [complete(2), errorPage(row(1))], { kind: 'evict', dead: [1] }],
  ['lists no row although some failed', 3, [complete(2), errorPage()], 'split'],
  ['names no row that failed', 3, [complete(1), errorPage(undefined)], 'split'],
  ['names a row that was not there', 3, [complete(1), errorPage(row(7))], 'split'],
  ['names some of the rows', 3, [complete(2), errorPage(row(1), undefined)], { kind: 'evict', dead: [1] }],
  ['had one row, and does not name it', 1, [complete(1), errorPage(undefined)], 'bury'],
] as const)('an import that %s', async (_title, people, answers, expected) => {
  expect(await settle(people, ...answers)).toEqual(expected);
});
