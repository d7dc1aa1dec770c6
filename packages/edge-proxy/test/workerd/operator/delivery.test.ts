import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../src/deliver/figures/readFigures.ts';
import { eventItem, many, profileItem } from '../support/items.ts';
import { ask, refusal, replay } from '../support/operator.ts';
import { dispatcher, openWorld, START_MS } from '../support/world.ts';

const EVENTS = 'bulk_create_events';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const figures = async (query = '') => (await ask<{ accounts: { main: Figures } }>(`delivery${query}`)).accounts.main;

describe('the figures', () => {
  it('say by minute, lane and outcome what happened; a replay is its own, and takes back no death', async () => {
    const world = openWorld();
    await world.accept([...many(2, eventItem), eventItem('bad', { who: { email: 'not an address' } })]);
    await world.pass(MINUTE_MS);
    await replay({ all: true });
    await world.pass(MINUTE_MS);
    const { minutes } = await figures();
    const rows = minutes.map(({ minuteMs, lane, outcome, n }) => [(minuteMs - START_MS) / MINUTE_MS, lane, outcome, n]);
    expect(rows).toEqual([
      [0, 'events', 'accepted', 3],
      [0, 'events', 'dead', 1],
      [0, 'events', 'delivered', 2],
      [1, 'events', 'dead', 1],
      [1, 'events', 'replayed', 1],
    ]);
  });

  it('of single minutes go back as far as was asked, and are kept for a day', async () => {
    const world = openWorld();
    await world.accept([eventItem('m1')]);
    await world.pass(2 * HOUR_MS);
    const [hour, day] = [await figures(), await figures('?minutes=1440')];
    await world.pass(23 * HOUR_MS);
    await dispatcher().wake('main');
    const after = await figures('?minutes=1440');
    expect([hour, day, after].map(({ minutes, counts }) => [minutes.length, counts.length])).toEqual([
      [0, 2],
      [2, 2],
      [0, 2],
    ]);
  });

  it('say how much waits in each lane, and since when', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    await world.accept([...many(3, eventItem), profileItem('p1')]);
    await world.pass(10 * MINUTE_MS);
    await world.accept([eventItem('later', { receivedAtMs: START_MS + 10 * MINUTE_MS })]);
    expect((await figures()).backlog).toEqual({
      events: { items: 4, oldestMs: START_MS },
      profiles: { items: 1, oldestMs: START_MS },
    });
  });

  it('say how Klaviyo answers: how often what, how fast, and how full our windows are', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: EVENTS, status: 429, retryAfterSeconds: 1, count: 2 }]);
    await world.accept(many(2000, eventItem));
    await world.pass(10_000);
    expect((await figures()).operations[EVENTS]).toEqual({
      answers: { 202: 2, 429: 2 },
      throttled: 2,
      p50Ms: 25,
      p95Ms: 25,
      // 90 % of Klaviyo's 10 a second and 150 a minute.
      windows: { second: { used: 0, allowed: 9 }, minute: { used: 4, allowed: 135 } },
    });
  });

  it('say what Klaviyo last answered in error, without a word of whom it was about', async () => {
    const world = openWorld();
    await world.accept([eventItem('bad', { who: { email: 'bob is no address' } })]);
    await world.pass(MINUTE_MS);
    expect((await figures()).lastError).toEqual({
      operation: EVENTS,
      status: '400',
      code: 'invalid',
      atMs: START_MS + 2000,
    });
  });

  it('say whether the account is open, else why and since when', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([eventItem('m1')]);
    const open = (await figures()).account;
    await world.pass(10 * MINUTE_MS);
    const stopped = (await figures()).account;
    world.klaviyo.faults.replace([]);
    await world.pass(2 * MINUTE_MS);
    expect([open, stopped, (await figures()).account]).toEqual([
      { state: 'open' },
      { state: 'stopped', reason: 'klaviyo_key_invalid', sinceMs: START_MS + 2000 },
      { state: 'open' },
    ]);
  });

  it.each(['-1', '1441', 'x', '1.5'])('are not given for %s minutes', async (minutes) => {
    openWorld();
    expect(await refusal(`delivery?minutes=${minutes}`)).toEqual([400, 'body_malformed']);
  });
});

describe('the log', () => {
  const lines = (output: string[]) =>
    output.map((line) => JSON.parse(line)).filter(({ message }) => message === 'delivery');

  it('has one line a minute of what happened, and none when nothing did', async () => {
    const world = openWorld();
    await dispatcher().wake('main');
    await world.accept(many(3, eventItem));
    await world.pass(MINUTE_MS);
    await dispatcher().wake('main');
    await world.pass(MINUTE_MS);
    await dispatcher().wake('main');
    expect(lines(world.output)).toEqual([
      {
        message: 'delivery',
        account: 'main',
        minute: new Date(START_MS).toISOString(),
        state: 'open',
        outcomes: { 'events accepted': 3, 'events delivered': 3 },
        waiting: {},
        oldestSeconds: 0,
        throttledInAnHour: 0,
      },
    ]);
  });

  it('goes on while something waits', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept(many(3, eventItem));
    await world.pass(10 * MINUTE_MS);
    await dispatcher().wake('main');
    expect(lines(world.output)).toMatchObject([
      { state: 'stopped', reason: 'klaviyo_key_invalid', outcomes: {}, waiting: { events: 3 }, oldestSeconds: 600 },
    ]);
  });
});
