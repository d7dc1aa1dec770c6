import { createScheduledController, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import worker from '../../../src/index.ts';
import { eventItem, many, profileItem } from '../support/items.ts';
import { track } from '../support/messages.ts';
import { sendBatch } from '../support/post.ts';
import { calls } from '../support/seen.ts';
import { until } from '../support/until.ts';
import { dispatcher, openWorld, runAlarmAnew } from '../support/world.ts';

const delivered = (n: number) => ({ accepted: n, waiting: 0, delivered: n, refused: 0, dead: 0, duplicate: 0 });

describe('Nothing acknowledged is lost', () => {
  it('when the Dispatcher restarts with a full inbox', async () => {
    const world = openWorld();
    await sendBatch([track('m1'), track('m2')]);
    await world.collect();
    await evictDurableObject(dispatcher());
    await world.pass(10_000);
    expect([await world.tally(), world.klaviyo.state().events.length]).toEqual([delivered(2), 2]);
  });

  it('when the Dispatcher restarts between tries, and with an import half done', async () => {
    const world = openWorld({ jobStepMs: 20_000 });
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', status: 503, count: 3 }]);
    await world.accept([...many(3, eventItem), ...many(3, profileItem, 'p')]);
    await world.passWithRestarts(10 * 60_000);
    expect([
      await world.tally(),
      calls(world, 'bulk_import_profiles').length,
      world.klaviyo.state().events.length,
    ]).toEqual([delivered(6), 1, 3]);
  });

  it('when the Dispatcher dies with a call on its way: the same call goes again, and counts once', async () => {
    const world = openWorld();
    let [isSent, isLost] = [false, false];
    world.intercept(async (request) => {
      await world.klaviyo.fetch(request);
      isSent = true;
      await until(() => isLost);
      throw new TypeError('the machine is gone');
    });
    await world.accept([eventItem('a', { urgent: true })]);
    const dying = world.pass(0);
    await until(() => isSent);
    world.intercept(world.klaviyo.fetch);
    // The next life on the same storage: it knows of the call only what was written down before it was sent.
    await runAlarmAnew();
    const next = await world.tally();
    isLost = true;
    await dying;
    await world.pass(60_000);
    expect([next, await world.tally(), calls(world), world.klaviyo.state().events.length]).toEqual([
      delivered(1),
      delivered(1),
      ['bulk_create_events 202', 'bulk_create_events 202'],
      1,
    ]);
  });

  it('when an alarm is lost: the cron brings it back', async () => {
    const world = openWorld();
    await world.accept([eventItem('a')]);
    await runInDurableObject(dispatcher(), (_instance, { storage }) => storage.deleteAlarm());
    const lost = await world.pass(60_000);
    await worker.scheduled?.(createScheduledController({ scheduledTime: Date.now() }), env, {} as ExecutionContext);
    await world.pass(60_000);
    expect([lost, await world.tally()]).toEqual([0, delivered(1)]);
  });

  it('when an item cannot be made into a call: it waits, and its neighbours in other jobs go on', async () => {
    const world = openWorld();
    await world.accept([eventItem('poison', { timeMs: 1e300, urgent: true })]);
    await world.pass(0);
    await world.accept([eventItem('a', { urgent: true })]);
    const alarms = await world.pass(10 * 60_000);
    expect([await world.tally(), alarms < 300]).toEqual([{ ...delivered(2), delivered: 1, waiting: 1 }, true]);
  });
});
