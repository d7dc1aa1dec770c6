import { exports } from 'cloudflare:workers';
import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { subscribeItem } from '../support/items.ts';
import { findBreaks, readTable } from '../support/ledger.ts';
import { KLAVIYO_KEY, KLAVIYO_WEBHOOK_SECRET } from '../support/settings.ts';
import { until } from '../support/until.ts';
import { dispatcher, openWorld, START_MS, type World } from '../support/world.ts';

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
}

const TOPICS = ['unsubscribed_from_email_marketing', 'unsubscribed_from_list', 'unsubscribed_from_sms_marketing'];

/** A world whose Klaviyo has a webhook of ours, and notes what it sends. */
async function open(): Promise<{ world: World; sent: Sent[]; answers: number[] }> {
  const [sent, answers]: [Sent[], number[]] = [[], []];
  const world = openWorld({
    fetch: async (request: Request) => {
      const post = { url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() };
      sent.push(post);
      const answer = await deliver(post);
      answers.push(answer.status);
      return new Response(null, { status: answer.status });
    },
  });
  const webhook = {
    type: 'webhook',
    attributes: {
      name: 'Sluice',
      endpoint_url: 'https://edge.example/v1/webhooks/klaviyo',
      secret_key: KLAVIYO_WEBHOOK_SECRET,
    },
    relationships: {
      'webhook-topics': { data: TOPICS.map((topic) => ({ type: 'webhook-topic', id: `event:klaviyo.${topic}` })) },
    },
  };
  const headers = {
    authorization: `Klaviyo-API-Key ${KLAVIYO_KEY}`,
    revision: '2026-07-15',
    'content-type': 'application/vnd.api+json',
  };
  const body = JSON.stringify({ data: webhook });
  const made = await world.klaviyo.fetch(
    new Request('https://klaviyo.test/api/webhooks', { method: 'POST', headers, body }),
  );
  if (made.status !== 201) throw new Error(await made.text());
  return { world, sent, answers };
}

async function deliver({ headers, body }: Pick<Sent, 'headers' | 'body'>): Promise<{ status: number; code?: string }> {
  const url = 'https://edge.example/v1/webhooks/klaviyo';
  const response = await exports.default.fetch(url, { method: 'POST', headers, body });
  const json = (await response.json()) as { error?: { code: string } };
  return { status: response.status, ...(json.error && { code: json.error.code }) };
}

const decisions = async () =>
  (await readTable<EntryRow>('ledger_entries')).map(
    ({ purpose, decision, list, source }) => `${purpose} ${decision} ${list} ${source}`,
  );

/** Somebody signs up, and opts out at Klaviyo. */
async function optOut({ world }: { world: World }, listId?: string): Promise<void> {
  await world.accept([subscribeItem('ada')]);
  await world.pass(10_000);
  world.klaviyo.optOut({ email: 'ada@example.com', listId });
  await world.klaviyo.tick();
}

describe('an opt-out that Klaviyo tells by webhook', () => {
  it('is in the ledger before it is answered', async () => {
    const town = await open();
    await optOut(town);
    expect([town.answers, await decisions(), await findBreaks()]).toEqual([[200], ['email denied  klaviyo:read'], []]);
  });

  it('is told to other systems, once', async () => {
    const town = await open();
    await optOut(town);
    await until(() => town.world.optOuts.length > 0);
    for (const sent of town.sent) await deliver(sent);
    await dispatcher().wake('main');
    expect(town.world.optOuts.map(({ body }) => JSON.parse(body))).toMatchObject([
      { channel: 'email', email: 'ada@example.com', list: null, source: 'klaviyo:read' },
    ]);
  });

  it('of one list is one of that list', async () => {
    const town = await open();
    await optOut(town, 'DEMO01');
    expect([town.answers, await decisions()]).toEqual([[200], ['email denied DEMO01 klaviyo:read']]);
  });

  it('stops a sign-up that waits to be tried again', async () => {
    const town = await open();
    const { world } = town;
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    world.intercept(async (request) =>
      request.url.includes('bulk-create') ? new Response(null, { status: 503 }) : world.klaviyo.fetch(request),
    );
    await world.accept([subscribeItem('again', { who: { email: 'ada@example.com' } })]);
    await world.pass(1000);
    vi.setSystemTime(Date.now() + 1000);
    world.klaviyo.optOut({ email: 'ada@example.com' });
    await world.klaviyo.tick();
    world.intercept(world.klaviyo.fetch);
    await world.pass(3_600_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([profile?.consent.email.consent, await world.tally()]).toMatchObject([
      'UNSUBSCRIBED',
      { delivered: 1, refused: 1 },
    ]);
  });

  it('that comes again is written once, and one of before a new sign-up changes nothing', async () => {
    const town = await open();
    await optOut(town);
    const { world } = town;
    const [post] = town.sent as [Sent];
    const again = await deliver(post);
    vi.setSystemTime(Date.now() + 60_000);
    const url = 'https://edge.example/v1/subscribe';
    const form = { writeKey: 'sk_backend', messageId: 's2', email: 'ada@example.com' };
    await exports.default.fetch(url, { method: 'POST', body: JSON.stringify(form) });
    await world.collect();
    await world.pass(10_000);
    const replayed = await deliver(post);
    const [profile] = world.klaviyo.state().profiles;
    expect([again.status, replayed.status, await decisions(), profile?.consent.email.consent]).toEqual([
      200,
      200,
      ['email denied  klaviyo:read', 'email granted DEMO01 backend'],
      'SUBSCRIBED',
    ]);
  });

  it('is told again later where Klaviyo cannot be read just now', async () => {
    const town = await open();
    const { world } = town;
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    world.intercept(async () => new Response(null, { status: 503 }));
    world.klaviyo.optOut({ email: 'ada@example.com' });
    await world.klaviyo.tick();
    const early = await decisions();
    world.intercept(world.klaviyo.fetch);
    vi.setSystemTime(Date.now() + 60_000);
    await world.klaviyo.tick();
    expect([town.answers, early, await decisions()]).toEqual([[503, 200], [], ['email denied  klaviyo:read']]);
  });
});

it('a webhook that is forged, altered, kept too long or not signed at all is refused', async () => {
  const town = await open();
  await optOut(town);
  const [{ headers, body }] = town.sent as [Sent];
  const timestamp = new Date(START_MS).toUTCString();
  const forged = createHmac('sha256', 'another-secret-entirely')
    .update(body + timestamp)
    .digest('hex');
  const answers = [
    await deliver({ headers: { ...headers, 'klaviyo-signature': forged, 'klaviyo-timestamp': timestamp }, body }),
    await deliver({ headers, body: body.replace('unsubscribed', 'subscribed') }),
    await deliver({ headers: { ...headers, 'klaviyo-webhook-id': 'other' }, body }),
    await deliver({ headers: {}, body }),
  ];
  vi.setSystemTime(Date.now() + 301_000);
  answers.push(await deliver({ headers, body }));
  expect(answers).toEqual(answers.map(() => ({ status: 401, code: 'key_unknown' })));
});
