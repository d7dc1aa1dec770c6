import { createExecutionContext, createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import worker from '../../../src/index.ts';
import { send, summary } from '../support/post.ts';
import { calls } from '../support/seen.ts';
import { openWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const form = { writeKey: 'wk_demo', messageId: 's1', email: 'ada@example.com' };
const optedOut = { writeKey: 'wk_demo', messageId: 'u1', email: 'ada@example.com' };
const openTown = (optIn: 'single_opt_in' | 'double_opt_in') =>
  openWorld({
    accounts: [
      { publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], lists: [{ id: 'DEMO01', name: 'News', optIn }] },
    ],
  });
const subscribe = (change: object = {}) => send('/v1/subscribe', { ...form, ...change });
const consentOf = (world: World) => world.klaviyo.state().profiles[0]?.consent.email.consent;

/** What waits goes, and the cron comes each minute. */
async function minutes(world: World, n: number): Promise<void> {
  await world.collect();
  for (let minute = 0; minute < n; minute++) {
    await world.pass(MINUTE_MS);
    await worker.scheduled?.(
      createScheduledController({ scheduledTime: Date.now(), cron: '* * * * *' }),
      env,
      createExecutionContext(),
    );
  }
}

describe('a sign-up that is sent again', () => {
  it('is told that it is subscribed, once that was seen, and nothing is sent for it', async () => {
    const world = openTown('single_opt_in');
    const first = await subscribe();
    await minutes(world, 7);
    const again = await subscribe();
    await minutes(world, 2);
    expect([first.json.status, again.json.status, calls(world, 'bulk_subscribe_profiles').length]).toEqual([
      'accepted',
      'subscribed',
      1,
    ]);
  });

  it('is told that it is pending until the person has clicked', async () => {
    const world = openTown('double_opt_in');
    await subscribe();
    await minutes(world, 7);
    const before = await subscribe();
    world.klaviyo.confirmOptIn({ email: form.email });
    await minutes(world, 32);
    const after = await subscribe();
    const isMailedOnce = calls(world, 'bulk_subscribe_profiles').length === 1;
    expect([before.json.status, after.json.status, isMailedOnce]).toEqual(['pending', 'subscribed', true]);
  });

  it('is not told that it is subscribed after an opt-out, also of one that is reported late', async () => {
    const world = openTown('single_opt_in');
    await send('/v1/subscribe', { ...form, writeKey: 'sk_backend' }, { origin: null });
    await minutes(world, 1);
    const between = new Date().toISOString();
    await minutes(world, 7);
    await send('/v1/unsubscribe', { ...optedOut, writeKey: 'sk_backend', timestamp: between }, { origin: null });
    const again = await send('/v1/subscribe', { ...form, writeKey: 'sk_backend' }, { origin: null });
    const page = await subscribe({ messageId: 's2' });
    expect([again.json.status, summary(page)]).toEqual(['accepted', [403, 'reoptin_unconfirmed']]);
  });

  it('after an opt-out does not lift it, though a page says that it is of now', async () => {
    const world = openTown('double_opt_in');
    await subscribe();
    await minutes(world, 1);
    world.klaviyo.confirmOptIn({ email: form.email });
    await send('/v1/unsubscribe', optedOut);
    await minutes(world, 1);
    const again = await subscribe();
    await minutes(world, 1);
    expect([again.status, consentOf(world), await world.tally()]).toMatchObject([
      202,
      'UNSUBSCRIBED',
      { accepted: 3, delivered: 2, refused: 1 },
    ]);
  });
});

it('an opt-out that is sent again after a newer sign-up does not undo it', async () => {
  const world = openTown('single_opt_in');
  await send('/v1/unsubscribe', optedOut);
  await minutes(world, 1);
  await send('/v1/subscribe', { ...form, writeKey: 'sk_backend' }, { origin: null });
  await minutes(world, 1);
  await send('/v1/unsubscribe', optedOut);
  await minutes(world, 1);
  expect([consentOf(world), await world.tally()]).toMatchObject(['SUBSCRIBED', { delivered: 2, refused: 1 }]);
});

describe('a page that signs up somebody who opted out', () => {
  it('is refused where the list does not ask them first, and a back end is not', async () => {
    const world = openTown('single_opt_in');
    await send('/v1/unsubscribe', optedOut);
    await world.pass(1000);
    const page = await subscribe();
    const backend = await send('/v1/subscribe', { ...form, writeKey: 'sk_backend', messageId: 's2' }, { origin: null });
    const later = await subscribe({ messageId: 's3' });
    expect([summary(page), world.queue.length, backend.status, later.status]).toEqual([
      [403, 'reoptin_unconfirmed'],
      2,
      202,
      202,
    ]);
  });

  it('is refused though a read-back was due just when Klaviyo showed that they had left the list', async () => {
    const world = openTown('single_opt_in');
    await subscribe();
    await minutes(world, 2);
    world.klaviyo.optOut({ email: form.email, listId: 'DEMO01' });
    await minutes(world, 8);
    const again = await subscribe();
    const page = await subscribe({ messageId: 's2' });
    expect([again.json.status ?? summary(again), summary(page)]).toEqual([
      [403, 'reoptin_unconfirmed'],
      [403, 'reoptin_unconfirmed'],
    ]);
  });

  it('is refused where they left this list, and a page signed them up for another', async () => {
    const world = openWorld({
      accounts: [
        {
          publicKey: 'EMULAT',
          keys: [{ key: 'pk_emulator_demo' }],
          lists: [
            { id: 'DEMO01', name: 'News', optIn: 'single_opt_in' },
            { id: 'OTHER1', name: 'More', optIn: 'single_opt_in' },
          ],
        },
      ],
    });
    await send('/v1/unsubscribe', { ...optedOut, lists: ['DEMO01'] });
    await minutes(world, 1);
    const other = await subscribe({ writeKey: 'wk_relaxed', messageId: 's2', lists: ['OTHER1'] });
    await minutes(world, 8);
    expect([other.status, summary(await subscribe({ messageId: 's3' }))]).toEqual([202, [403, 'reoptin_unconfirmed']]);
  });

  it('is accepted where it does, and they are subscribed once they have clicked', async () => {
    const world = openTown('double_opt_in');
    await send('/v1/unsubscribe', optedOut);
    await minutes(world, 1);
    const page = await subscribe();
    await minutes(world, 8);
    const before = consentOf(world);
    world.klaviyo.confirmOptIn({ email: form.email });
    await minutes(world, 40);
    expect([page.status, before, consentOf(world)]).toEqual([202, 'UNSUBSCRIBED', 'SUBSCRIBED']);
  });

  it('is asked to come again while nobody can tell, and the list is read once an hour', async () => {
    const world = openTown('double_opt_in');
    await send('/v1/unsubscribe', optedOut);
    world.intercept(async () => new Response(null, { status: 503 }));
    const away = await subscribe();
    world.intercept(world.klaviyo.fetch);
    const statuses = [];
    for (const messageId of ['a', 'b', 'c']) statuses.push((await subscribe({ messageId })).status);
    const reads = () => calls(world).filter((call) => call.startsWith('get_list')).length;
    const early = reads();
    vi.setSystemTime(Date.now() + 61 * MINUTE_MS);
    await subscribe({ messageId: 'd' });
    expect([summary(away), statuses, early, reads()]).toEqual([[503, 'storage_unavailable'], [202, 202, 202], 1, 2]);
  });
});
