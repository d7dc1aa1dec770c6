import fc from 'fast-check';
import { type ConsentShop, LISTS, type NewRequest, type WorkerMishap } from './ConsentShop.ts';
import type { Mishap } from './Network.ts';
import { emailOf, identify, type Named, PEOPLE, phoneOf, SEVERAL } from './people.ts';

type Channel = 'email' | 'sms';
/** How far the time that a back end claims lies from now. */
interface Said {
  by: 'page' | 'backend';
  claimedMs: number | null;
}

/** One thing that may happen in a shop whose people sign up, leave and are tracked, and to the proxy behind it. */
export type ConsentCommand =
  | ({ do: 'subscribe'; person: number; address: number; channels: Channel[]; list: number } & Said)
  | ({
      do: 'unsubscribe';
      person: number;
      address: number;
      channels: Channel[];
      list: number | null;
      leaves: boolean;
    } & Said)
  | ({ do: 'tracking'; who: Named; decision: 'granted' | 'denied' } & Said)
  | { do: 'event'; who: Named; by: 'page' | 'backend'; event: 'Ping' | 'Order Completed' }
  /** Two identifiers of a person turn out to be one's. */
  | { do: 'merge'; person: number; device: number; address: number; by: 'identify' | 'alias' | 'user' }
  /** On Klaviyo's own page. */
  | { do: 'click'; person: number; address: number; list: number | null }
  | { do: 'webhook'; person: number; address: number }
  | { do: 'confirm'; person: number; address: number }
  /** A request comes again, the nth from the last, whether it was answered or not. */
  | { do: 'again'; nth: number }
  | { do: 'collect'; pick: number; turned: boolean; again: boolean }
  | { do: 'mishaps'; mishaps: Mishap[] }
  | { do: 'workerMishap'; kind: WorkerMishap; inWaits: number }
  | { do: 'klaviyo'; is: keyof typeof MOODS }
  | { do: 'holdQueue'; holds: boolean }
  | { do: 'replay' }
  | { do: 'crash' }
  | { do: 'crashAtWait'; wait: number }
  | { do: 'slowDatabase'; ms: number }
  | { do: 'replaceKey' }
  | { do: 'pass'; ms: number };

const MISHAPS: Mishap[] = ['none', '429', '500', 'html403', 'hang', 'reset', 'lost', 'lostSilently'];
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** How Klaviyo is: what it answers in place of taking it, and how long a call may be on its way. */
const MOODS: Record<'well' | 'slow' | 'down' | 'refusing sign-ups' | 'refusing events', Mood> = {
  well: { slowMs: 1500 },
  slow: { slowMs: 12_000 },
  down: { slowMs: 1500, refuses: '/api/', status: 503 },
  // For good: what it takes when it is asked again is an operator's replay.
  'refusing sign-ups': { slowMs: 1500, refuses: 'subscription-bulk-create', status: 400 },
  'refusing events': { slowMs: 1500, refuses: 'event-bulk-create', status: 400 },
};

interface Mood {
  slowMs: number;
  /** Part of a path. */
  refuses?: string;
  status?: number;
}

const person = fc.nat(PEOPLE - 1);
const address = fc.nat(SEVERAL - 1);
const device = fc.nat(SEVERAL - 1);
const list = fc.nat(LISTS.length - 1);
const by = fc.constantFrom('page' as const, 'backend' as const);
const channels = fc.constantFrom<Channel[]>(['email'], ['email', 'sms'], ['sms']);
const claimedMs = fc.constantFrom(null, null, -MINUTE_MS, -SECOND_MS, MINUTE_MS);
const yes = fc.constantFrom(undefined, true as const);
const part = fc.option(fc.nat(SEVERAL - 1), { nil: undefined });
const named = fc
  .record({ person, address: part, device: part, user: yes, phone: yes })
  .map(({ device, ...who }): Named => without({ ...who, device: Object.keys(without(who)).length === 1 ? 0 : device }));

export const anyConsentCommand: fc.Arbitrary<ConsentCommand> = fc.oneof(
  weigh(4, { do: fc.constant('subscribe' as const), person, address, channels, list, by, claimedMs }),
  weigh(3, {
    do: fc.constant('unsubscribe' as const),
    person,
    address,
    channels,
    list: fc.option(list),
    leaves: fc.boolean(),
    by,
    claimedMs,
  }),
  weigh(3, {
    do: fc.constant('tracking' as const),
    who: named,
    decision: fc.constantFrom('denied' as const, 'denied' as const, 'granted' as const),
    by,
    claimedMs,
  }),
  weigh(6, {
    do: fc.constant('event' as const),
    who: named,
    by,
    event: fc.constantFrom('Ping' as const, 'Ping' as const, 'Order Completed' as const),
  }),
  weigh(2, {
    do: fc.constant('merge' as const),
    person,
    device,
    address,
    by: fc.constantFrom('identify' as const, 'alias' as const, 'user' as const),
  }),
  weigh(1, { do: fc.constant('click' as const), person, address, list: fc.option(list) }),
  weigh(1, { do: fc.constant('webhook' as const), person, address }),
  weigh(1, { do: fc.constant('confirm' as const), person, address }),
  weigh(3, { do: fc.constant('again' as const), nth: fc.nat(8) }),
  weigh(6, { do: fc.constant('collect' as const), pick: fc.nat(1000), turned: fc.boolean(), again: fc.boolean() }),
  weigh(2, {
    do: fc.constant('mishaps' as const),
    mishaps: fc.array(fc.constantFrom(...MISHAPS), { minLength: 1, maxLength: 4 }),
  }),
  weigh(2, {
    do: fc.constant('workerMishap' as const),
    kind: fc.constantFrom('fails' as const, 'ends' as const),
    inWaits: fc.integer({ min: 1, max: 10 }),
  }),
  weigh(4, {
    do: fc.constant('klaviyo' as const),
    is: fc.constantFrom(...(Object.keys(MOODS) as (keyof typeof MOODS)[])),
  }),
  weigh(1, { do: fc.constant('holdQueue' as const), holds: fc.boolean() }),
  weigh(1, { do: fc.constant('replay' as const) }),
  weigh(1, { do: fc.constant('crash' as const) }),
  weigh(2, { do: fc.constant('crashAtWait' as const), wait: fc.integer({ min: 1, max: 6 }) }),
  weigh(1, { do: fc.constant('slowDatabase' as const), ms: fc.constantFrom(0, 300, 2000) }),
  weigh(1, { do: fc.constant('replaceKey' as const) }),
  weigh(8, {
    do: fc.constant('pass' as const),
    ms: fc.oneof(fc.nat(800), fc.nat(5 * SECOND_MS), fc.nat(MINUTE_MS), fc.nat(40 * MINUTE_MS)),
  }),
);

export async function carryOut(shop: ConsentShop, command: ConsentCommand): Promise<void> {
  switch (command.do) {
    case 'subscribe':
    case 'unsubscribe':
    case 'tracking':
    case 'event':
    case 'merge':
      return shop.ask(requestOf(shop, command));
    case 'click':
      return shop.leave(
        emailOf(command.person, command.address),
        command.list === null ? undefined : LISTS[command.list],
      );
    case 'webhook':
      return shop.tell(emailOf(command.person, command.address));
    case 'confirm':
      return shop.confirm(emailOf(command.person, command.address));
    case 'again': {
      const asked = shop.asked.at(-1 - command.nth);
      return asked && shop.askAgain(asked);
    }
    case 'collect':
      return shop.collect((index) => (command.pick + index * 7) % 3 !== 0, command);
    case 'mishaps':
      shop.network.mishaps.push(...command.mishaps);
      return;
    case 'workerMishap':
      return shop.workerMishap(command.kind, command.inWaits);
    case 'klaviyo': {
      const { refuses, status, slowMs } = MOODS[command.is];
      shop.network.answerInstead = (path) =>
        refuses !== undefined && path.includes(refuses) ? answer(status) : undefined;
      shop.network.latencyMs = () => shop.random() ** 3 * slowMs;
      return;
    }
    case 'holdQueue':
      shop.holdsQueue = command.holds;
      return;
    case 'replay':
      return shop.replay();
    case 'crash':
      return shop.crash();
    case 'crashAtWait':
      return shop.crashAtWait(command.wait);
    case 'slowDatabase':
      shop.databaseAnswerMs = command.ms;
      return;
    case 'replaceKey':
      // Two releases at once, each with its keys, would not know of each other's entries.
      await shop.pass(5 * SECOND_MS);
      return shop.replaceLedgerKey();
    case 'pass':
      return shop.pass(command.ms);
  }
}

type Request = Extract<ConsentCommand, { do: 'subscribe' | 'unsubscribe' | 'tracking' | 'event' | 'merge' }>;

function requestOf(shop: ConsentShop, command: Request): NewRequest {
  const id = `m${shop.asked.length}`;
  switch (command.do) {
    case 'subscribe': {
      const { person, address, channels, list, by } = command;
      const body = { ...contactsOf(person, address, channels), channels, lists: [LISTS[list]] };
      return { id, path: '/v1/subscribe', by, body: { messageId: id, ...body, ...claimOf(shop, command) } };
    }
    case 'unsubscribe': {
      const { person, address, channels, list, leaves, by } = command;
      const lists = list === null ? {} : { lists: [LISTS[list]] };
      const removal = leaves && list === null ? { removeFromLists: true } : {};
      const body = { ...contactsOf(person, address, channels), channels, ...lists, ...removal };
      return { id, path: '/v1/unsubscribe', by, body: { messageId: id, ...body, ...claimOf(shop, command) } };
    }
    case 'tracking': {
      const { email, phone_number: phone, external_id: userId, anonymous_id: anonymousId } = identify(command.who);
      // A page may not say who its user is.
      const isPages = command.by === 'page' && (email ?? phone ?? anonymousId) !== undefined;
      const who = { email, phone, anonymousId, ...(isPages ? {} : { userId }) };
      const said = { purposes: { tracking: command.decision }, ...claimOf(shop, command) };
      return { id, path: '/v1/consent', by: isPages ? 'page' : 'backend', body: { messageId: id, ...who, ...said } };
    }
    case 'event': {
      const { email, phone_number: phone, external_id: userId, anonymous_id: anonymousId } = identify(command.who);
      const message = { type: 'track', messageId: id, event: command.event, userId, anonymousId };
      const properties = command.event === 'Ping' ? {} : { order_id: id, total: 10 };
      const batch = [{ ...message, properties, context: { traits: { email, phone } } }];
      return { id, path: '/v1/batch', by: command.by, body: { batch } };
    }
    case 'merge': {
      const { person, device, address, by } = command;
      const who = identify({ person, device, address, user: true });
      const { email, external_id: userId, anonymous_id: anonymousId } = who;
      const traits = { email, firstName: id };
      if (by === 'identify')
        return {
          id,
          path: '/v1/batch',
          by: 'page',
          body: { batch: [{ type: 'identify', messageId: id, anonymousId, traits }] },
        };
      const message =
        by === 'user'
          ? { type: 'identify', messageId: id, userId, traits }
          : { type: 'alias', messageId: id, previousId: anonymousId, userId: email };
      return { id, path: '/v1/batch', by: 'backend', body: { batch: [message] } };
    }
  }
}

function contactsOf(person: number, address: number, channels: readonly Channel[]) {
  return {
    ...(channels.includes('email') ? { email: emailOf(person, address) } : {}),
    ...(channels.includes('sms') ? { phone: phoneOf(person) } : {}),
  };
}

function claimOf(shop: ConsentShop, { claimedMs }: Said) {
  return claimedMs === null ? {} : { timestamp: new Date(shop.time.nowMs + claimedMs).toISOString() };
}

function answer(status = 503): Response {
  const code = 'planned';
  const error = { id: code, status, code, title: code, detail: code, source: {}, links: {}, meta: {} };
  return Response.json({ errors: [error] }, { status });
}

function weigh<T>(weight: number, model: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return { weight, arbitrary: fc.record(model) as fc.Arbitrary<T> };
}

/** Shrunk cases read better without what is not there. */
function without<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
