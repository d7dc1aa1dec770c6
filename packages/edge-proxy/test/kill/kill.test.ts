import { afterEach, expect, it } from 'vitest';
import type { EventItem } from '../../src/map/item.ts';
import { mulberry32 } from '../model/support/mulberry32.ts';
import { drawKills } from './support/drawKills.ts';
import { openTrial, type Trial } from './support/openTrial.ts';
import { shopReports } from './support/shopReports.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const KILLS = LONG ? 10 : 3;
const EVENTS = LONG ? 20_000 : 10_000;
const BATCH_EVENTS = 100;
const SEED = Number(process.env.SLUICE_TEST_SEED ?? Date.now() % 1_000_000);

let trial: Trial | undefined;

console.log(`The kills are those of SLUICE_TEST_SEED=${SEED}.`);
afterEach(() => trial?.end());

const asItShouldBe = { missing: [], twice: [], uncalledFor: [], statuses: ['bulk_create_events 202'] };

it('Nothing acknowledged is lost: a Dispatcher that is killed again and again delivers all by itself, once', async () => {
  trial = await openTrial({ seed: SEED, limitScale: 1 });
  const { klaviyo, worker, dieInCall, until, drained, compare } = trial;
  const items = shopReports(0, EVENTS);
  const accepted = await worker.accept(items);
  klaviyo.open();
  const callsOfLives: number[] = [];
  // Nobody speaks to it from here on: what it does, its alarm does. Later there might be no call left to die in.
  for (const kill of drawKills(mulberry32(SEED), KILLS, EVENTS / 2)) {
    const callsBefore = klaviyo.calls;
    dieInCall(kill);
    await until('its death', () => worker.isDead);
    callsOfLives.push(klaviyo.calls - callsBefore);
    await worker.start();
  }
  await until('all to arrive', () => klaviyo.arrived.size === EVENTS);
  expect({ accepted, idleLives: callsOfLives.filter((calls) => calls === 0), ...compare(items) }).toEqual({
    accepted: true,
    idleLives: [],
    ...asItShouldBe,
  });
  expect(await drained()).toEqual({ accepted: items.length, delivered: EVENTS, duplicate: items.length - EVENTS });
});

it('Nothing acknowledged is lost: killed while it takes in events, it has each batch whole, or unanswered and not at all', async () => {
  trial = await openTrial({ seed: SEED, limitScale: 10 });
  const { klaviyo, worker, until, drained, compare } = trial;
  const answered: EventItem[][] = [];
  const unanswered: EventItem[][] = [];
  let n = 0;
  const acceptOne = async () => {
    const batch = shopReports(n, BATCH_EVENTS);
    n += BATCH_EVENTS;
    ((await worker.accept(batch)) ? answered : unanswered).push(batch);
  };
  const acceptSome = () => Promise.all([acceptOne(), acceptOne(), acceptOne(), acceptOne()]);
  const hasArrived = ({ uniqueId }: EventItem) => klaviyo.arrived.has(uniqueId);
  klaviyo.open();
  // Its answer tells of higher limits, or the calls that the kills cut off would hold up all others.
  await acceptOne();
  await until('the first batch to arrive', () => klaviyo.arrived.size > 0);
  for (const { after, delayMs } of drawKills(mulberry32(SEED), KILLS, EVENTS)) {
    while (n < after) await acceptSome();
    setTimeout(() => worker.kill(), delayMs);
    while (!worker.isDead) await acceptSome();
    await worker.start();
  }
  await until('what was stored to arrive', () => answered.flat().every(hasArrived));
  const { accepted } = await drained();
  const isStored = (batch: EventItem[]) => batch.some((item) => item.kind !== 'Placed Order' && hasArrived(item));
  const stored = [...answered, ...unanswered.filter(isStored)].flat();
  expect({ accepted, ...compare(stored) }).toEqual({ accepted: stored.length, ...asItShouldBe });
  // Whoever got no answer sends the same again.
  for (const batch of unanswered) await worker.accept(batch);
  const { accepted: acceptedInAll, ...ends } = await drained();
  const ended = Object.values(ends).reduce((sum, items) => sum + items, 0);
  const all = [...answered, ...unanswered].flat();
  expect({ ended, ...compare(all) }).toEqual({ ended: acceptedInAll, ...asItShouldBe });
});
