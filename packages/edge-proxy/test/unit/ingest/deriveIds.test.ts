import type { Message } from '@sluice/shared';
import { expect, it } from 'vitest';
import { deriveIds } from '../../../src/ingest/deriveIds.ts';

const ping: Message = { type: 'track', event: 'Ping', anonymousId: 'a', timestamp: '2026-11-01T12:00:00Z' };
const { timestamp: _none, ...timeless } = ping;
const SENT_AT = '2026-11-01T12:00:05Z';
const AGAIN_AT = '2026-11-01T12:01:05Z';

/** The ids of one batch's messages. */
async function idsOf(messages: Message[], { source = 'web', sentAt = SENT_AT as string | undefined } = {}) {
  const deriveId = deriveIds(source, sentAt);
  const ids: string[] = [];
  for (const message of messages) ids.push(await deriveId(message));
  return ids;
}

const first = async (...args: Parameters<typeof idsOf>) => (await idsOf(...args))[0];

it('the same body sent again derives the same ids', async () => {
  const batch = [ping, timeless, { ...ping, event: 'Pong' }];
  const ids = await idsOf(batch);
  expect([await idsOf(batch), new Set(ids).size, ids.every((id) => /^sluice-[0-9a-f]{32}$/.test(id))]).toEqual([
    ids,
    3,
    true,
  ]);
});

it('so does one whose SDK says anew when it sends', async () => {
  const again = await first([{ ...ping, sentAt: AGAIN_AT }], { sentAt: AGAIN_AT });
  expect(again).toBe(await first([{ ...ping, sentAt: SENT_AT }]));
});

it('so does one whose other messages went through before', async () => {
  expect((await idsOf([{ ...ping, event: 'Pong' }, ping]))[1]).toBe(await first([ping]));
});

it('two that say the same in one batch stay two', async () => {
  const ids = await idsOf([ping, ping, ping]);
  expect([new Set(ids).size, await idsOf([ping, ping, ping])]).toEqual([3, ids]);
});

it('what says the same another day without a time of its own is another event', async () => {
  const later = await first([timeless], { sentAt: AGAIN_AT });
  expect(later).not.toBe(await first([timeless]));
});

it('the same words of two sources are two events', async () => {
  expect(await first([ping], { source: 'backend' })).not.toBe(await first([ping]));
});
