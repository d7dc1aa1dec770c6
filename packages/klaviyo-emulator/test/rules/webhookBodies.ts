import { errorsOf } from '../support/createTestEmulator.ts';
import { inShop } from '../support/inShop.ts';
import { SECRET, SUBSCRIBED, topicsOf, VIEWED, WEBHOOKS, webhookBody, withWebhook } from '../support/webhooks.ts';
import { bounds } from './bounds.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const BODY = 'validate/bodies/webhooks.ts';
const WRITE = 'routes/webhooks/writeWebhooks.ts';
const ENDPOINT = '/data/attributes/endpoint_url';
const TOPICS = '/data/relationships/webhook-topics/data';
const MAX = 10;

const endpoints = (...urls: string[]) => urls.map((endpoint_url) => webhookBody({ endpoint_url }));

const creation: Rule[] = [
  bounds('a webhook calls an https URL, or http on a loopback host', {
    path: WEBHOOKS,
    takes: endpoints('https://shop.example.com/hook', 'http://127.0.0.1:9/hook', 'http://localhost/', 'http://[::1]/'),
    refuses: endpoints('http://shop.example.com/hook', 'shop.example.com', 'ftp://127.0.0.1/', ''),
    errors: invalid(ENDPOINT, ENDPOINT, ENDPOINT, ENDPOINT),
    off: without('validate/endpointUrl.ts', "if (url?.protocol !== 'https:' && !local)", 'if (false)'),
  }),
  bounds('a host that only begins like a loopback host is none', {
    path: WEBHOOKS,
    takes: endpoints('http://hook.localhost/'),
    refuses: endpoints('http://localhost.example.com/', 'http://127.0.0.1.example.com/', 'http://10.0.0.1/'),
    errors: invalid(ENDPOINT, ENDPOINT, ENDPOINT),
    off: without('validate/endpointUrl.ts', ' && LOOPBACK.test(url.hostname)'),
  }),
  bounds('the secret of a webhook has at least 16 characters', {
    path: WEBHOOKS,
    takes: [webhookBody({ secret_key: 's'.repeat(16) })],
    refuses: [webhookBody({ secret_key: 's'.repeat(15) })],
    errors: invalid('/data/attributes/secret_key'),
    off: without(BODY, 'min: MIN_WEBHOOK_SECRET_CHARS', 'min: 0'),
  }),
  bounds('a webhook has a name', {
    path: WEBHOOKS,
    takes: [webhookBody({ name: 'C' })],
    refuses: [webhookBody({ name: '' })],
    errors: invalid('/data/attributes/name'),
    off: without(BODY, 'const name = text({ min: 1', 'const name = text({ min: 0'),
  }),
  refuses('a webhook without a topic is refused', {
    path: WEBHOOKS,
    body: webhookBody({ topics: [] }),
    errors: invalid(TOPICS),
    off: without(BODY, "{ min: 1, what: 'webhook-topics' }", "{ what: 'webhook-topics' }"),
  }),
  refuses('a new webhook cannot say whether it is enabled', {
    path: WEBHOOKS,
    body: webhookBody({ enabled: false }),
    errors: invalid('/data/attributes/enabled'),
    off: without(
      BODY,
      '          secret_key: required(secretKey),',
      'secret_key: required(secretKey), enabled: maybe(boolean),',
    ),
  }),
  refuses('a webhook asks only for topics that its account has', {
    path: WEBHOOKS,
    body: webhookBody({ topics: [SUBSCRIBED, VIEWED] }),
    errors: invalid(`${TOPICS}/1/id`),
    off: without('routes/webhooks/findUnknownTopics.ts', 'known.has(id) ?', 'true ?'),
  }),
  {
    rule: 'an account has at most ten webhooks, and room again once one is deleted',
    scene: inShop(async ({ send }) => {
      const create = () => send('POST', WEBHOOKS, webhookBody());
      const first = await create();
      for (let count = 1; count < MAX; count++) await create();
      const eleventh = errorsOf(await create());
      const deleted = await send('DELETE', `${WEBHOOKS}/${first.body.data.id}`);
      return { eleventh, deleted: deleted.status, again: (await create()).status };
    }),
    seen: { eleventh: invalid('/data/'), deleted: 204, again: 201 },
    off: without(WRITE, 'if (account.webhooks.size >= MAX_WEBHOOKS)', 'if (false)'),
  },
];

const topics: Rule[] = [
  {
    rule: 'every metric that came over the API is a topic',
    scene: inShop(async ({ event, read }) => {
      const own = async () => {
        const { body } = await read('/api/webhook-topics');
        return body.data.map(({ id }: { id: string }) => id).filter((id: string) => id.startsWith('event:api.'));
      };
      const before = await own();
      await event();
      return [before, await own()];
    }),
    seen: [[], [VIEWED]],
    off: without('webhooks/listTopics.ts', '...[...account.metrics.values()].map(topicOf)'),
  },
  {
    rule: 'a topic names its metric in lower case, with one underscore for each run of other characters',
    scene: inShop(async ({ event, read }) => {
      for (const metric of ['Active on Site', 'Quiz -- Step 2 (done)']) await event({ metric });
      const { body } = await read('/api/webhook-topics');
      return body.data.slice(0, 2).map(({ id }: { id: string }) => id);
    }),
    seen: ['event:api.active_on_site', 'event:api.quiz_step_2_done'],
    off: without('webhooks/topicOf.ts', "'_')", "'')"),
  },
];

const secrets: Rule[] = [
  {
    rule: 'no answer shows the secret of a webhook',
    scene: withWebhook(async ({ read, change, id, emulator }) => {
      const answers = [await change({ secret_key: SECRET }), await read(WEBHOOKS), await read(`${WEBHOOKS}/${id}`)];
      const shown = [...answers.map(({ body }) => body), emulator.state()];
      return shown.map((each) => JSON.stringify(each).includes(SECRET));
    }),
    seen: [false, false, false, false],
    off: without(
      'present/presentWebhook.ts',
      'name: webhook.name,',
      'name: webhook.name, secret_key: webhook.secretKey,',
    ),
  },
  {
    rule: 'the request log conceals the secret of a webhook',
    scene: withWebhook(async ({ change, emulator }) => {
      await change({ secret_key: SECRET, name: 'Renamed' });
      const logged = JSON.stringify(emulator.requests());
      return { secret: logged.includes(SECRET), name: logged.includes('Renamed') };
    }),
    seen: { secret: false, name: true },
    off: without('http/logCall.ts', 'route?.conceal ? route.conceal(value) : value', 'value'),
  },
];

const changes: Rule[] = [
  {
    rule: 'the body of an update names the webhook of its path',
    scene: withWebhook(async ({ send, id }) => {
      const body = { data: { type: 'webhook', id: 'another', attributes: {} } };
      return errorsOf(await send('PATCH', `${WEBHOOKS}/${id}`, body));
    }),
    seen: invalid('/data/id'),
    off: without(WRITE, 'if (data.id !== call.id)', 'if (false)'),
  },
  {
    rule: 'null clears the description of a webhook and leaves everything else',
    scene: withWebhook(async ({ change }) => {
      await change({ description: 'Old' });
      const { body } = await change({ name: null, description: null, endpoint_url: null, enabled: null });
      const { name, description, endpoint_url, enabled } = body.data.attributes;
      return { name, description, endpoint_url, enabled };
    }),
    seen: { name: 'Consent', description: null, endpoint_url: 'https://shop.example.com/hook', enabled: true },
    off: without(
      WRITE,
      'attributes.description === undefined ? webhook.description : attributes.description',
      'attributes.description ?? webhook.description',
    ),
  },
  {
    rule: 'an update replaces the topics, each of them once',
    scene: withWebhook(async ({ change }) => {
      const { body } = await change({}, topicsOf([VIEWED, 'event:klaviyo.bounced_email', VIEWED]));
      return body.data.relationships['webhook-topics'].data.map(({ id }: { id: string }) => id);
    }),
    seen: [VIEWED, 'event:klaviyo.bounced_email'],
    off: without(WRITE, '[...new Set(topics.map(({ id }) => id))]', 'topics.map(({ id }) => id)'),
  },
  {
    rule: 'events go to the endpoint of the last update',
    scene: withWebhook(async ({ change, subscribe, tick, got }) => {
      await change({ endpoint_url: 'https://other.example.com/in' });
      await subscribe();
      await tick();
      return got.map(({ url }) => url);
    }),
    seen: ['https://other.example.com/in'],
    off: without(WRITE, 'webhook.endpointUrl = attributes.endpoint_url ?? webhook.endpointUrl;'),
  },
];

/** What is asked of those who create and change webhooks. */
export const WEBHOOK_BODY_RULES: Rule[] = [...creation, ...topics, ...secrets, ...changes];
