import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../src/node.ts';
import { byEmail, memberBody, PATHS, profileBody, subscribeBody } from './support/bodies.ts';
import { createTestEmulator, HEADERS, type Reply } from './support/createTestEmulator.ts';
import { ADA, BOB, shopOf } from './support/inShop.ts';
import { loadContract } from './support/loadContract.ts';
import { createReceiver, SECRET, SUBSCRIBED, topicsOf, WEBHOOKS, webhookBody } from './support/webhooks.ts';

const contract = loadContract();

interface Call {
  headers: IncomingHttpHeaders;
  raw: string;
  response: ServerResponse;
}

describe('a served emulator', () => {
  let receiver: Server;
  let served: ServedEmulator;

  beforeEach(async () => {
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      receiver.emit('call', { headers: request.headers, raw: `${Buffer.concat(chunks)}`, response });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    served = await serveEmulator({ visibilityDelayMs: 0, limits: { enabled: false } });
    // A listening TCP server's address is never a string, which is for pipes.
    const { port } = receiver.address() as AddressInfo;
    await post(WEBHOOKS, webhookBody({ endpoint_url: `http://127.0.0.1:${port}/hook` }));
  });

  afterEach(async () => {
    receiver.closeAllConnections();
    await Promise.all([served.close(), new Promise((resolve) => receiver.close(resolve))]);
  });

  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${served.url}${path}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
    });
    return response.status;
  };
  const subscribe = (email: string) =>
    post(PATHS.subscribe, subscribeBody({ profiles: [byEmail(email, 'SUBSCRIBED')] }));
  /** The next request that the receiver gets; it is for the test to answer. */
  const nextCall = async (): Promise<Call> => (await once(receiver, 'call'))[0];

  test('sends by itself what happened, signed', async () => {
    const arrival = nextCall();
    await subscribe(ADA);
    const { headers, raw, response } = await arrival;
    response.end();
    const expected = createHmac('sha256', SECRET).update(`${raw}${headers['klaviyo-timestamp']}`).digest('hex');
    const { data, meta } = JSON.parse(raw);
    expect([
      headers['klaviyo-signature'] === expected,
      headers['klaviyo-webhook-id'] === meta.klaviyo_webhook_id,
      headers['content-type'],
      data.map(({ topic }: { topic: string }) => topic),
    ]).toEqual([true, true, 'application/json', [SUBSCRIBED]]);
  });

  test('answers the API while a receiver takes its time, and sends the rest afterwards', async () => {
    const first = nextCall();
    await subscribe(ADA);
    const { response } = await first;
    const second = nextCall();
    const status = await subscribe(BOB);
    response.end();
    const { raw, response: last } = await second;
    last.end();
    expect([status, JSON.parse(raw).data.length]).toEqual([202, 1]);
  });

  test('moves its clock only once the webhooks have answered', async () => {
    const order: string[] = [];
    const arrival = nextCall();
    await subscribe(ADA);
    const { response } = await arrival;
    const moved = post('/__emulator/clock', { advanceMs: 1 }).then(() => order.push('clock'));
    // The request for the clock waits for the answer that is only given here.
    await fetch(`${served.url}/__emulator/clock`);
    order.push('receiver');
    response.end();
    await moved;
    expect(order).toEqual(['receiver', 'clock']);
  });

  test('closes while a receiver keeps silent', async () => {
    const arrival = nextCall();
    await subscribe(ADA);
    await arrival;
    await served.close();
    const refused = await fetch(served.url).catch((error) => error.name);
    served = await serveEmulator();
    expect(refused).toBe('TypeError');
  });
});

describe.skipIf(contract === undefined)('against the OpenAPI document', () => {
  test('every answer about webhooks is valid, and so is the payload that they carry', async () => {
    const receiver = createReceiver();
    const shop = shopOf(createTestEmulator({ fetch: receiver.fetch }));
    const { send } = shop;
    const created = await send('POST', WEBHOOKS, webhookBody({ description: 'All' }));
    const { id } = created.body.data;
    const path = `${WEBHOOKS}/${id}`;
    await shop.subscribe();
    await shop.emulator.tick();
    const payload = receiver.got[0]?.body.data[0].payload;
    const update = {
      data: { type: 'webhook', id, attributes: { enabled: false }, relationships: topicsOf([SUBSCRIBED]) },
    };
    const replies: [string, Reply][] = [
      ['create_webhook', created],
      ['get_webhooks', await send('GET', `${WEBHOOKS}?include=webhook-topics`)],
      ['get_webhook', await send('GET', `${path}?include=webhook-topics`)],
      ['update_webhook', await send('PATCH', path, update)],
      ['get_webhook_topics', await send('GET', '/api/webhook-topics')],
      ['delete_webhook', await send('DELETE', path)],
    ];
    const wrong = replies.flatMap(([name, reply]) => contract?.answer(name, reply.status, reply.body) ?? []);
    expect([
      replies.map(([, { status }]) => status),
      wrong.concat(contract?.answer('get_event', 200, payload) ?? []),
      replies.map(([, { body }]) => body.included?.map((topic: { id: string }) => topic.id)),
    ]).toEqual([
      [201, 200, 200, 200, 200, 204],
      [],
      [undefined, [SUBSCRIBED], [SUBSCRIBED], undefined, undefined, undefined],
    ]);
  });
});

test('joining a list by id, leaving it and being imported record nothing', async () => {
  const { send, emulator } = createTestEmulator();
  const { body } = await send('POST', PATHS.profiles, profileBody({ email: ADA }));
  const members = '/api/lists/DEMO01/relationships/profiles';
  await send('POST', members, memberBody([body.data.id]));
  await send('DELETE', members, memberBody([body.data.id]));
  await shopOf({ send, emulator }).importing([{ email: BOB }], 'DEMO01');
  expect(emulator.state().events).toEqual([]);
});

test('the topics of an account are the common ones and its own, in order', async () => {
  const { event, read } = shopOf(createTestEmulator());
  await event({ metric: 'Placed Order' });
  const { body } = await read('/api/webhook-topics');
  const ids: string[] = body.data.map(({ id }: { id: string }) => id);
  expect([ids.includes('event:api.placed_order'), ids.includes('event:klaviyo.opened_email'), ids]).toEqual([
    true,
    true,
    [...ids].sort(),
  ]);
});
