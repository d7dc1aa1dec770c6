import { createHmac } from 'node:crypto';
import { START_MS } from '../support/createTestEmulator.ts';
import { ADA, account, shopOf } from '../support/inShop.ts';
import { createReceiver, type HookedShop, SECRET, SUBSCRIBED, VIEWED, withWebhook } from '../support/webhooks.ts';
import { breaking } from './breaking.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DOWN = Array.from({ length: 100 }, () => 500);

/** What a shop whose receiver is down waits before each attempt, in seconds. */
const waits = withWebhook(
  async ({ subscribe, tick, later, hook }) => {
    await subscribe();
    const seconds: number[] = [];
    for (let now = START_MS; seconds.length < 11; ) {
      await tick();
      const wait = Date.parse(hook()?.failing?.retry_at ?? '') - now;
      seconds.push(wait / SECOND_MS);
      later(wait);
      now += wait;
    }
    return seconds;
  },
  { answers: DOWN },
);
const WAITS = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];

/** Sends one event and tells how the receiver's answer was taken. */
const failing = async ({ subscribe, tick, hook }: HookedShop) => {
  await subscribe();
  await tick();
  return { attempts: hook()?.failing?.attempts ?? 0, waiting: hook()?.waiting };
};

const requests: Rule[] = [
  {
    rule: 'a webhook signs the raw body and then the timestamp header',
    scene: withWebhook(async ({ subscribe, tick, got }) => {
      await subscribe();
      await tick();
      return got.map(({ raw, timestamp, signature }) => ({
        timestamp,
        signed: signature === createHmac('sha256', SECRET).update(`${raw}${timestamp}`).digest('hex'),
      }));
    }),
    seen: [{ timestamp: 'Mon, 02 Nov 2026 09:00:00 GMT', signed: true }],
    off: without('webhooks/signBody.ts', 'body + timestamp', 'body'),
  },
  {
    rule: 'the header and the meta of a webhook name the same id',
    scene: withWebhook(async ({ id, subscribe, tick, got }) => {
      await subscribe();
      await tick();
      return got.map(({ webhookId, body }) => [
        webhookId === id,
        body.meta.klaviyo_webhook_id === id,
        body.meta.klaviyo_account_id,
        body.meta.timestamp,
        body.meta.version,
      ]);
    }),
    seen: [[true, true, 'EMULAT', '2026-11-02T09:00:00+00:00', '2026-07-15']],
    off: without('webhooks/writeBatch.ts', "'Klaviyo-Webhook-Id': webhook.id,"),
  },
  {
    rule: 'the payload of a webhook is the body of Get Event',
    scene: withWebhook(async ({ subscribe, tick, got, read }) => {
      await subscribe();
      await tick();
      const [{ topic, external_id, payload }] = got[0]?.body.data ?? [{}];
      const { body } = await read(`/api/events/${external_id}`);
      return { topic, same: JSON.stringify(payload) === JSON.stringify({ data: body.data }) };
    }),
    seen: { topic: SUBSCRIBED, same: true },
    off: without(
      'webhooks/writeBatch.ts',
      'payload: { data: presentEvent(VIEW, event) }',
      'payload: presentEvent(VIEW, event)',
    ),
  },
  {
    rule: 'one request of a webhook carries up to 1,000 events',
    scene: withWebhook(
      async ({ bulk, tick, got }) => {
        for (const [from, count] of [
          [0, 1000],
          [1000, 1],
        ] as const)
          await bulk({ events: Array.from({ length: count }, (_, index) => ({ unique_id: `o${from + index}` })) });
        await tick();
        return got.map(({ body }) => body.data.length);
      },
      { topics: [VIEWED] },
    ),
    seen: [1000, 1],
    off: without('webhooks/pickBatch.ts', '.slice(0, MAX_WEBHOOK_EVENTS)'),
  },
];

const once: Rule[] = [
  {
    rule: 'overlapping ticks send an event once',
    scene: withWebhook(async ({ subscribe, tick, got }) => {
      await subscribe();
      await Promise.all([tick(), tick(), tick()]);
      await tick();
      return got.length;
    }),
    seen: 1,
    off: without('webhooks/createCourier.ts', 'rounds.has(webhook) || '),
  },
  {
    rule: 'a webhook gets only the topics it asked for, from the time of its creation on',
    scene: withWebhook(async ({ subscribe, event, tick, topics }) => {
      await event({ unique_id: 'second' });
      await subscribe('SINGLE');
      await tick();
      return topics();
    }),
    seen: [[SUBSCRIBED]],
    off: without('webhooks/queueDeliveries.ts', 'if (!webhook.topics.includes(topic)) continue;'),
  },
  {
    rule: 'an event that a webhook is owed survives a restart',
    async scene(open) {
      const receiver = createReceiver();
      const first = withWebhook(async ({ subscribe, emulator }) => {
        await subscribe();
        return JSON.parse(JSON.stringify(emulator.snapshot()));
      });
      const { emulator } = shopOf(open({ ...account({}), fetch: receiver.fetch, snapshot: await first(open) }));
      await emulator.tick();
      return receiver.topics();
    },
    seen: [[SUBSCRIBED]],
    off: without('state/snapshot.ts', 'account.deliveries = [...kept.deliveries];'),
  },
  {
    rule: 'an accepted event reaches the webhook once it is visible',
    scene: withWebhook(
      async ({ subscribe, tick, later, got }) => {
        later(SECOND_MS);
        await subscribe();
        const counts = [];
        for (const ms of [0, SECOND_MS]) {
          later(ms);
          await tick();
          counts.push(got.length);
        }
        return counts;
      },
      { visibilityDelayMs: SECOND_MS },
    ),
    seen: [0, 1],
    off: without('openEmulator.ts', '      watch(() => {});'),
  },
];

const failures: Rule[] = [
  {
    rule: 'a webhook whose receiver failed waits twice as long before each attempt',
    scene: waits,
    seen: WAITS,
    off: without('webhooks/pickRetryDelay.ts', ' * 2 ** (attempts - 1)'),
  },
  {
    rule: 'a webhook whose receiver failed waits an hour at most',
    scene: waits,
    seen: WAITS,
    off: without(
      'webhooks/pickRetryDelay.ts',
      'Math.min(retry.firstMs * 2 ** (attempts - 1), retry.maxMs)',
      'retry.firstMs * 2 ** (attempts - 1)',
    ),
  },
  {
    rule: 'a failing webhook gets nothing before its next attempt, and then everything it is owed',
    scene: withWebhook(
      async ({ subscribe, resubscribe, tick, later, got }) => {
        await subscribe();
        await tick();
        await resubscribe();
        for (const ms of [9 * SECOND_MS, SECOND_MS]) {
          later(ms);
          await tick();
        }
        return got.map(({ body, timestamp }) => [timestamp?.slice(17, 25), body.data.length]);
      },
      { answers: [503] },
    ),
    seen: [
      ['09:00:00', 1],
      ['09:00:10', 2],
    ],
    off: without('webhooks/pickBatch.ts', 'webhook.failing.retryAtMs > nowMs', 'false'),
  },
  {
    rule: 'a receiver that takes the events is well again',
    scene: withWebhook(
      async ({ subscribe, resubscribe, tick, later, hook }) => {
        await subscribe();
        for (const ms of [0, 10 * SECOND_MS]) {
          later(ms);
          await tick();
        }
        await resubscribe();
        await tick();
        return hook()?.failing;
      },
      { answers: [500, 204, 500] },
    ),
    seen: { since: '2026-11-02T09:00:10+00:00', attempts: 1, retry_at: '2026-11-02T09:00:20+00:00' },
    off: without('webhooks/noteAnswer.ts', 'webhook.failing = null;'),
  },
  {
    rule: 'a webhook that has failed for more than 48 hours is disabled and owed nothing',
    scene: withWebhook(
      async ({ subscribe, resubscribe, tick, later, hook, got }) => {
        await subscribe();
        const seen = [];
        for (const ms of [0, 48 * HOUR_MS, HOUR_MS]) {
          later(ms);
          await tick();
          seen.push([hook()?.enabled, hook()?.waiting]);
        }
        await resubscribe();
        later(HOUR_MS);
        await tick();
        return { seen, waiting: hook()?.waiting, requests: got.length };
      },
      { answers: DOWN },
    ),
    seen: {
      seen: [
        [true, 1],
        [true, 1],
        [false, 0],
      ],
      waiting: 0,
      requests: 3,
    },
    off: without('webhooks/noteAnswer.ts', 'if (nowMs - sinceMs <= retry.disableAfterMs) return;', 'return;'),
  },
  {
    rule: 'a redirect is a failure',
    scene: withWebhook(failing, { answers: [302] }),
    seen: { attempts: 1, waiting: 1 },
    off: without('webhooks/postBatch.ts', 'response?.ok ?? false', '(response?.status ?? 500) < 400'),
  },
  {
    rule: 'a webhook follows no redirect',
    scene: withWebhook(async ({ subscribe, tick, got }) => {
      await subscribe();
      await tick();
      return got.map(({ redirect }) => redirect);
    }),
    seen: ['manual'],
    off: without('webhooks/postBatch.ts', "redirect: 'manual', "),
  },
  {
    rule: 'a receiver that says nothing in time has failed',
    scene: withWebhook(failing, { fetch: () => new Promise(() => {}), assume: { webhookTimeoutMs: 1 } }),
    seen: { attempts: 1, waiting: 1 },
    off: without('webhooks/postBatch.ts', 'silence.resolve(undefined);'),
  },
  {
    rule: 'a broken connection is a failure',
    scene: withWebhook(failing, { fetch: () => Promise.reject(new TypeError('broken')) }),
    seen: { attempts: 1, waiting: 1 },
    off: breaking('TypeError', without('webhooks/postBatch.ts', '} catch {', '} catch (error) {\n    throw error;')),
  },
];

const ends: Rule[] = [
  {
    rule: 'what happens while a webhook is disabled is never sent',
    scene: withWebhook(async ({ change, subscribe, tick, got }) => {
      await change({ enabled: false });
      await subscribe();
      await change({ enabled: true });
      await tick();
      return got.length;
    }),
    seen: 0,
    off: without('webhooks/queueDeliveries.ts', 'if (!webhook.enabled) continue;'),
  },
  {
    rule: 'a webhook that is switched off is owed nothing any more',
    scene: withWebhook(async ({ change, subscribe, tick, got }) => {
      await subscribe();
      await change({ enabled: false });
      await change({ enabled: true });
      await tick();
      return got.length;
    }),
    seen: 0,
    off: without('routes/webhooks/writeWebhooks.ts', 'if (!webhook.enabled) dropDeliveries(call.account, webhook);'),
  },
  {
    rule: 'a webhook that is switched on again is called at once',
    scene: withWebhook(
      async ({ change, subscribe, tick, got, hook }) => {
        await subscribe();
        await tick();
        await change({ enabled: true });
        await tick();
        return [got.length, hook()?.failing];
      },
      { answers: [500] },
    ),
    seen: [2, null],
    off: without('routes/webhooks/writeWebhooks.ts', 'if (attributes.enabled) webhook.failing = null;'),
  },
  {
    rule: 'a deleted webhook is owed nothing',
    scene: withWebhook(async ({ subscribe, remove, tick, got, emulator }) => {
      await subscribe();
      await remove();
      await tick();
      return [got.length, emulator.snapshot().accounts[0]?.deliveries.length];
    }),
    seen: [0, 0],
    off: without('routes/webhooks/writeWebhooks.ts', '    dropDeliveries(account, webhook);'),
  },
  {
    rule: 'the events of an erased profile are not sent',
    scene: withWebhook(async ({ subscribe, erase, tick, got, hook }) => {
      await subscribe();
      await erase({ email: ADA });
      await tick();
      return [got.length, hook()?.waiting];
    }),
    seen: [0, 0],
    off: without('webhooks/listOwed.ts', ' && account.events.has(eventId)'),
  },
  {
    rule: 'a webhook is owed at most 10,000 events, and the oldest are forgotten',
    scene: withWebhook(
      async ({ bulk, tick, got, hook, emulator }) => {
        for (const from of Array.from({ length: 11 }, (_, index) => index * 1000))
          await bulk({ events: Array.from({ length: 1000 }, (_, index) => ({ unique_id: `o${from + index}` })) });
        const waiting = hook()?.waiting;
        await tick();
        const first = emulator.state().events.find(({ id }) => id === got[0]?.body.data[0].external_id);
        return { waiting, first: first?.unique_id };
      },
      { topics: [VIEWED] },
    ),
    seen: { waiting: 10_000, first: 'o1000' },
    off: without('webhooks/listOwed.ts', '.slice(-MAX_WAITING_DELIVERIES)'),
  },
];

/** How events reach the receivers of webhooks. */
export const WEBHOOK_RULES: Rule[] = [...requests, ...once, ...failures, ...ends];
