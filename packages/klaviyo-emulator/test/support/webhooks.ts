import type { EmulatorOptions } from '../../src/options.ts';
import type { Rule } from '../rules/Rule.ts';
import { ADA, account, type Shop, shopOf } from './inShop.ts';

type Json = Record<string, unknown>;

export const WEBHOOKS = '/api/webhooks';
export const SECRET = 'sixteen-or-longer';
export const SUBSCRIBED = 'event:klaviyo.subscribed_to_email_marketing';
export const VIEWED = 'event:api.viewed_product';

/** A create_webhook body; attributes that are undefined are left out. */
export function webhookBody({ topics = [SUBSCRIBED], ...attributes }: Json & { topics?: string[] } = {}) {
  const given = { name: 'Consent', endpoint_url: 'https://shop.example.com/hook', secret_key: SECRET, ...attributes };
  return { data: { type: 'webhook', attributes: given, relationships: topicsOf(topics) } };
}

export const topicsOf = (ids: string[]) => ({
  'webhook-topics': { data: ids.map((id) => ({ type: 'webhook-topic', id })) },
});

export interface Received {
  webhookId: string | null;
  timestamp: string | null;
  signature: string | null;
  contentType: string | null;
  redirect: string;
  url: string;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every shape
  body: any;
}

/** A receiver that keeps what it gets and answers the given statuses in turn, then 200. */
export function createReceiver(statuses: number[] = []) {
  const got: Received[] = [];
  async function fetch(request: Request): Promise<Response> {
    const raw = await request.text();
    const header = (name: string) => request.headers.get(name);
    got.push({
      webhookId: header('klaviyo-webhook-id'),
      timestamp: header('klaviyo-timestamp'),
      signature: header('klaviyo-signature'),
      contentType: header('content-type'),
      redirect: request.redirect,
      url: request.url,
      raw,
      body: JSON.parse(raw),
    });
    return new Response(null, { status: statuses.shift() ?? 200 });
  }
  return { fetch, got, topics: () => got.map(({ body }) => body.data.map(({ topic }: { topic: string }) => topic)) };
}

export type HookedShop = ReturnType<typeof hookUp>;

function hookUp(shop: Shop, id: string, receiver: ReturnType<typeof createReceiver>) {
  const path = `${WEBHOOKS}/${id}`;
  return {
    ...shop,
    id,
    got: receiver.got,
    topics: receiver.topics,
    tick: () => shop.emulator.tick(),
    hook: () => shop.emulator.state().webhooks.find((webhook) => webhook.id === id),
    /** Ends a subscription and starts it again: one event for the topic SUBSCRIBED. */
    resubscribe: async () => {
      await shop.unsubscribe();
      await shop.subscribe();
    },
    change: (attributes: Json, relationships?: Json) =>
      shop.send('PATCH', path, { data: { type: 'webhook', id, attributes, ...(relationships && { relationships }) } }),
    remove: () => shop.send('DELETE', path),
  };
}

interface Hooking extends EmulatorOptions {
  /** What the receiver answers in turn, before 200. */
  answers?: number[];
  topics?: string[];
}

/** A scene in a shop whose webhook has a receiver; nobody is subscribed yet, and "Viewed Product" is a topic. */
export const withWebhook =
  (play: (shop: HookedShop) => Promise<unknown>, { answers = [], topics, ...options }: Hooking = {}): Rule['scene'] =>
  async (open) => {
    const receiver = createReceiver([...answers]);
    const shop = shopOf(open({ ...account({}), fetch: receiver.fetch, ...options }));
    await shop.event({ profile: { email: ADA }, unique_id: 'first' });
    const { body } = await shop.send('POST', WEBHOOKS, webhookBody(topics ? { topics } : {}));
    return play(hookUp(shop, body.data.id, receiver));
  };
