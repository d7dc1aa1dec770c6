import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { unsubscribeItem } from '../../unit/deliver/support/items.ts';
import { eventItem, many, profileItem } from '../support/items.ts';
import { replay } from '../support/operator.ts';
import { WEBHOOK_SECRET } from '../support/settings.ts';
import { dispatcher, openWorld, START_MS, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const bad = (id: string) => eventItem(id, { who: { email: `${id} is no address` } });

/** Minutes with their cron. */
async function passMinutes(world: World, n: number): Promise<void> {
  for (let minute = 0; minute < n; minute++) {
    await world.pass(MINUTE_MS);
    await dispatcher().wake('main');
  }
}

const told = ({ alerts }: World) =>
  alerts
    .map(({ body }) => JSON.parse(body))
    .map(({ type, state, operation }) => [type, state, operation].join(' ').trim());

describe('an alert', () => {
  it('says what stopped, why and since when, and is signed', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 1);
    const [{ headers, body } = { headers: {}, body: '' }] = world.alerts;
    const timestamp = String((START_MS + MINUTE_MS) / 1000);
    const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${timestamp}.${body}`).digest('hex');
    expect([headers, JSON.parse(body), world.alerts.length]).toEqual([
      expect.objectContaining({
        'content-type': 'application/json',
        'x-sluice-timestamp': timestamp,
        'x-sluice-signature': signature,
      }),
      {
        id: `main:account_stopped:${START_MS + 2000}:began`,
        type: 'account_stopped',
        state: 'began',
        account: 'main',
        reason: 'klaviyo_key_invalid',
        sinceMs: START_MS + 2000,
        atMs: START_MS + MINUTE_MS,
      },
      1,
    ]);
  });

  it('of an account comes once when it stops and once when it is open again', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 5);
    world.klaviyo.faults.replace([]);
    await passMinutes(world, 5);
    expect(told(world)).toEqual(['account_stopped began', 'account_stopped ended']);
  });

  it('names the operation that stops', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'bulk_import_profiles', status: 403, count: -1 }]);
    await world.accept([profileItem('p1'), eventItem('m1')]);
    await passMinutes(world, 2);
    expect(told(world)).toEqual(['operation_stopped began bulk_import_profiles']);
  });

  it('comes when the oldest item waits longer than half an hour, and when it no longer does', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 30);
    const before = told(world);
    await passMinutes(world, 5);
    const during = told(world);
    world.klaviyo.faults.replace([]);
    await passMinutes(world, 20);
    expect([before, during, told(world)]).toEqual([
      [],
      ['backlog_old began'],
      ['backlog_old began', 'backlog_old ended'],
    ]);
  });

  it.each([
    [2, 98, ['dead_share began']],
    [1, 99, []],
    [10, 9, []],
  ])('comes when of the last hour %d are dead beside %d delivered: %j', async (dead, delivered, expected) => {
    const world = openWorld();
    await world.accept([...many(dead, bad, 'bad'), ...many(delivered, eventItem)]);
    await passMinutes(world, 3);
    expect(told(world)).toEqual(expected);
  });

  it('comes when an opt-out dies, and ends when a replay has brought it to Klaviyo', async () => {
    const world = openWorld();
    const operation = 'bulk_unsubscribe_profiles';
    world.klaviyo.faults.replace([{ operation, status: 404, body: { errors: [{ code: 'not_found' }] }, count: 1 }]);
    await world.accept([unsubscribeItem('u1', { receivedAtMs: START_MS })]);
    await passMinutes(world, 1);
    const during = told(world);
    await replay({ all: true });
    await passMinutes(world, 2);
    expect([during, told(world)]).toEqual([
      ['withdrawal_dead began'],
      ['withdrawal_dead began', 'withdrawal_dead ended'],
    ]);
  });

  it('does not come of a 429, which passes by itself', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', status: 429, retryAfterSeconds: 300 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 3);
    expect(told(world)).toEqual([]);
  });

  it('that is not taken is sent again under the same id, ever later, and in order; at last the log alone has it', async () => {
    const world = openWorld();
    world.answerAlerts(500);
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 2);
    world.klaviyo.faults.replace([]);
    await passMinutes(world, 78);
    const ids = world.alerts.map(({ body }) => JSON.parse(body).id.split(':').at(-1));
    const gaveUp = world.output.filter((line) => line.includes('alert not delivered')).length;
    expect([ids, gaveUp, told(world).length]).toEqual([[...Array(8).fill('began'), ...ids.slice(8)], 1, ids.length]);
  });

  it('that is taken late is still followed by its end', async () => {
    const world = openWorld();
    world.answerAlerts(500);
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([eventItem('m1')]);
    await passMinutes(world, 1);
    world.klaviyo.faults.replace([]);
    world.answerAlerts(200);
    await passMinutes(world, 5);
    expect(told(world)).toEqual(['account_stopped began', 'account_stopped began', 'account_stopped ended']);
  });

  it('whose receiver hangs holds up no delivery', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: 1 }]);
    await world.accept([eventItem('m1')]);
    await world.pass(MINUTE_MS / 2);
    vi.mocked(globalThis.fetch).mockImplementationOnce(() => new Promise(() => {}));
    const hanging = dispatcher().wake('main');
    await world.pass(2 * MINUTE_MS);
    const { delivered } = await world.tally();
    void hanging;
    expect(delivered).toBe(1);
  });
});
