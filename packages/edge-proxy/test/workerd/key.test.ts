import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { eventItem, many, profileItem } from './support/items.ts';
import { identify, order, track } from './support/messages.ts';
import { seenAnswers, send, sendBatch, sendServerBatch } from './support/post.ts';
import { KLAVIYO_KEY, LEDGER_KEY, WEBHOOK_SECRET } from './support/settings.ts';
import { dispatcher, openWorld } from './support/world.ts';

const operator = { method: 'GET', headers: { authorization: 'Bearer op_alice' } };

/** Secrets, and what the visitors of the test brought along: none of it belongs into a log. */
const SECRETS = [KLAVIYO_KEY, LEDGER_KEY, WEBHOOK_SECRET, 'sk_backend', 'op_alice'];
const PERSONAL = ['ada@', 'example.com', '2025550123', '203.0.113.77'];

describe('The key stays at the edge', () => {
  it('no answer and no line of the log shows it, or another secret, whatever goes wrong', async () => {
    const world = openWorld({ assume: { bulkImportInvalid: 'job' } });
    const ip = { headers: { 'cf-connecting-ip': '203.0.113.77' } };
    const traits = { email: 'ada@example.com', phone: '+12025550123' };
    for (const fault of [
      {},
      { status: 401 },
      { status: 403 },
      { status: 403, html: true },
      { status: 404 },
      { status: 410 },
      { status: 413 },
      { status: 429 },
      { status: 503 },
      { close: true },
    ]) {
      world.klaviyo.faults.replace(Object.keys(fault).length > 0 ? [{ ...fault, count: 3 }] : []);
      await sendBatch([track(crypto.randomUUID()), identify(crypto.randomUUID(), traits)], {}, ip);
      await sendServerBatch([
        order(crypto.randomUUID(), crypto.randomUUID(), { properties: { ...traits, order_id: crypto.randomUUID() } }),
      ]);
      await send(
        '/v1/subscribe',
        { writeKey: 'wk_demo', email: 'ada@example.com', messageId: crypto.randomUUID() },
        ip,
      );
      await world.collect();
      await world.accept([
        eventItem(`bad${world.output.length}`, { who: { email: 'ada@' } }),
        ...many(2, (id) => profileItem(id, { who: { email: 'ada@' } })),
      ]);
      await world.pass(5 * 60_000);
      await dispatcher().wake('main');
      await send('/v1/operator/delivery', undefined, operator);
      await send('/v1/operator/replay', { all: true }, { ...operator, method: 'POST' });
    }
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1 is away'));
    await send('/v1/subscribe', { writeKey: 'wk_demo', email: 'ada@example.com' }, ip);
    vi.spyOn(env.DISPATCHER, 'getByName').mockImplementation(() => {
      throw new Error(`inside ${KLAVIYO_KEY}`);
    });
    const inside = await send('/v1/operator/delivery', undefined, operator);
    const shown = (text: string, secrets: string[]) => secrets.filter((secret) => text.includes(secret));
    // What a defect throws goes to the log as it is: the last line is this test's own.
    const log = world.output.slice(0, -1).join('\n');
    expect([world.output.length > 20, seenAnswers.length > 30, inside.status]).toEqual([true, true, 500]);
    expect([shown(log, [...SECRETS, ...PERSONAL]), shown(seenAnswers.join('\n'), [...SECRETS, ...PERSONAL])]).toEqual([
      [],
      [],
    ]);
  });

  it('what the operator sees of the delivery names no person', async () => {
    const world = openWorld();
    await world.accept([
      eventItem('ada', { who: { email: 'ada@example.com' } }),
      eventItem('bad', { who: { email: 'ada@' } }),
    ]);
    await world.pass(10_000);
    const figures = JSON.stringify(await dispatcher().figures());
    expect(PERSONAL.filter((text) => figures.includes(text))).toEqual([]);
  });

  it('it is sent to Klaviyo alone: a redirect is not followed', async () => {
    const world = openWorld();
    const asked: string[] = [];
    world.intercept(async (request) => {
      asked.push(`${new URL(request.url).host} ${request.redirect}`);
      return new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } });
    });
    await world.accept([eventItem('a')]);
    await world.pass(3000);
    expect([new Set(asked), (await world.tally()).waiting]).toEqual([new Set(['klaviyo.test manual']), 1]);
  });
});
