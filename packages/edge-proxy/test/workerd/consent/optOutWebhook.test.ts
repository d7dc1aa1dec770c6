import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordUnsubscription } from '../../../src/consent/recordUnsubscription.ts';
import { Dispatcher } from '../../../src/index.ts';
import { eventItem, subscribeItem } from '../support/items.ts';
import { readTable } from '../support/ledger.ts';
import { replay } from '../support/operator.ts';
import { send } from '../support/post.ts';
import { LEDGER_KEY, WEBHOOK_SECRET } from '../support/settings.ts';
import { until } from '../support/until.ts';
import { dispatcher, openWorld, START_MS, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const ada = { writeKey: 'sk_backend', messageId: 'u1', email: 'ada@example.com' };

function unsubscribe(change: object = {}) {
  return send('/v1/unsubscribe', { ...ada, ...change }, { origin: null });
}

const told = ({ optOuts }: World) => optOuts.map(({ body }) => JSON.parse(body));
const waiting = () =>
  runInDurableObject(dispatcher(), (_instance, { storage }) =>
    storage.sql.exec<{ tries: number; dead_at: number | null }>('SELECT tries, dead_at FROM opt_outs').toArray(),
  );

/** Minutes with their cron, each in a life that knows nothing but what is stored. */
async function passMinutes(world: World, n: number): Promise<void> {
  for (let minute = 0; minute < n; minute++) {
    await world.pass(60_000);
    await runInDurableObject(dispatcher(), (_old, state) => new Dispatcher(state, env).wake('main'));
  }
}

describe('an opt-out is told to other systems', () => {
  it('at once, signed, with whom, of what, when and by which source', async () => {
    const world = openWorld();
    await unsubscribe({ timestamp: new Date(START_MS - 60_000).toISOString() });
    await until(() => world.optOuts.length > 0);
    const [{ headers, body } = { headers: {}, body: '' }] = world.optOuts;
    const timestamp = String(START_MS / 1000);
    const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${timestamp}.${body}`).digest('hex');
    expect([headers, JSON.parse(body)]).toEqual([
      expect.objectContaining({
        'content-type': 'application/json',
        'x-sluice-timestamp': timestamp,
        'x-sluice-signature': signature,
      }),
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/),
        type: 'opt_out',
        account: 'main',
        channel: 'email',
        email: 'ada@example.com',
        list: null,
        decidedAtMs: START_MS - 60_000,
        receivedAtMs: START_MS,
        source: 'backend',
      },
    ]);
  });

  it('that the cron finds at Klaviyo, but not those that are older than the proxy', async () => {
    const world = openWorld();
    await world.accept(['old', 'new'].map((name) => subscribeItem(name, { who: { email: `${name}@example.com` } })));
    await world.pass(60_000);
    world.klaviyo.optOut({ email: 'old@example.com' });
    await passMinutes(world, 5);
    world.klaviyo.optOut({ email: 'new@example.com' });
    await passMinutes(world, 10);
    const known = (await readTable<{ decision: string }>('ledger_entries')).map(({ decision }) => decision);
    expect([known, told(world).map(({ email }) => email)]).toEqual([['denied', 'denied'], ['new@example.com']]);
  });

  it('once for each channel and list, also from a link and from whatever else records one', async () => {
    const world = openWorld();
    await unsubscribe({ phone: '+12025550123', lists: ['DEMO01', 'OTHER1'] });
    const link = await send('/v1/unsubscribe/links', { writeKey: 'sk_backend', links: [{ email: 'l@example.com' }] });
    const [{ url = '' } = {}] = (link.json as unknown as { links: { url: string }[] }).links;
    await send(url.replace('https://edge.example', ''), 'List-Unsubscribe=One-Click', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const seen = { id: 'k1', addresses: { email: 'k@example.com' }, lists: null, leaves: [], decidedAtMs: START_MS };
    await recordUnsubscription(seen, {
      db: env.DB,
      dispatcher: dispatcher(),
      account: 'main',
      source: 'klaviyo',
      receivedAtMs: START_MS,
      ledgerKeys: { current: '1', keys: { 1: LEDGER_KEY } },
      evidence: {},
    });
    await until(() => world.optOuts.length === 6);
    await passMinutes(world, 2);
    expect([
      told(world)
        .map(({ channel, email, phone, list, source }) => [channel, email ?? phone, list, source].join(' '))
        .sort(),
      new Set(told(world).map(({ id }) => id)).size,
      await waiting(),
    ]).toEqual([
      [
        'email ada@example.com DEMO01 backend',
        'email ada@example.com OTHER1 backend',
        'email k@example.com  klaviyo',
        'email l@example.com  backend',
        'sms +12025550123 DEMO01 backend',
        'sms +12025550123 OTHER1 backend',
      ],
      6,
      [],
    ]);
  });

  it('that comes again under its id has the same id there; of another person it has not', async () => {
    const world = openWorld();
    await unsubscribe();
    await until(() => world.optOuts.length === 1);
    await unsubscribe();
    await until(() => world.optOuts.length === 2);
    await unsubscribe({ email: 'grace@example.com' });
    await until(() => world.optOuts.length === 3);
    const [first, again, other] = told(world).map(({ id }) => id);
    expect([first === again, first === other]).toEqual([true, false]);
  });

  it('until it is taken, from what is stored, and waits neither for Klaviyo nor makes it wait', async () => {
    const world = openWorld();
    world.answerOptOuts(500);
    world.intercept(async () => new Response(null, { status: 503 }));
    await world.accept([eventItem('m1')]);
    await unsubscribe();
    await until(() => world.optOuts.length === 1);
    await passMinutes(world, 3);
    const tries = world.optOuts.length;
    world.answerOptOuts(204);
    await passMinutes(world, 16);
    const ids = new Set(told(world).map(({ id }) => id));
    const { waiting: items } = await world.tally();
    expect([tries > 1, ids.size, await waiting(), items]).toEqual([true, 1, [], 2]);
  });

  it('is dead after three days: kept, in the log without whose it is, and an alert; until an operator has it told again', async () => {
    const world = openWorld();
    world.answerOptOuts(500);
    await unsubscribe();
    await until(() => world.optOuts.length === 1);
    await world.pass(71 * HOUR_MS);
    await passMinutes(world, 1);
    const before = (await waiting()).map(({ dead_at }) => dead_at);
    await world.pass(HOUR_MS);
    await passMinutes(world, 2);
    const posts = world.optOuts.length;
    await passMinutes(world, 1);
    const lines = world.output.filter((line) => line.includes('opt-out not told'));
    const dead = (await waiting()).map(({ dead_at }) => typeof dead_at);
    await world.pass(2 * HOUR_MS);
    await passMinutes(world, 1);
    const alerts = world.alerts.length;
    world.answerOptOuts(204);
    const replays = [await replay({ optOuts: true }), await replay({ optOuts: true })];
    const audit = (await readTable<{ detail: string }>('operator_audit')).map(({ detail }) => detail);
    await passMinutes(world, 1);
    const ids = new Set(told(world).map(({ id }) => id));
    expect([
      before,
      dead,
      alerts,
      [replays, world.optOuts.length - posts, ids.size, await waiting()],
      audit,
      lines.map((line) => /ada|example/.test(line)),
      world.alerts.map(({ body }) => JSON.parse(body)).map(({ type, state, dead }) => [type, state, dead]),
    ]).toEqual([
      [null],
      ['number'],
      1,
      [
        [
          [1, false],
          [0, false],
        ],
        1,
        1,
        [],
      ],
      ['{"optOuts":true}', '{"optOuts":true}'],
      [false],
      [
        ['opt_outs_untold', 'began', 1],
        ['opt_outs_untold', 'ended', 1],
      ],
    ]);
  });

  it('no more than the ledger has it: where that is away nobody is told', async () => {
    const world = openWorld();
    await env.DB.prepare('DROP TABLE ledger_evidence').run();
    const { status } = await unsubscribe();
    await passMinutes(world, 1);
    expect([status, world.optOuts, await readTable('ledger_entries')]).toEqual([503, [], []]);
  });
});
