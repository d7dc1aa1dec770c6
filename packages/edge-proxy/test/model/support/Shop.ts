import fc from 'fast-check';
import { collectMessages } from '../../../src/collect.ts';
import { judgeItems } from '../../../src/deliver/gate.ts';
import { readLine } from '../../../src/deliver/itemLine.ts';
import { laneOf } from '../../../src/deliver/lanes/index.ts';
import type { StoredItem } from '../../../src/deliver/storedItem.ts';
import type { Chunk } from '../../../src/deliver/tables/inbox.ts';
import type { Env } from '../../../src/env.ts';
import type { AcceptedEvent, WholeMessage } from '../../../src/ingest/acceptedEvent.ts';
import { requireSettings } from '../../../src/settings.ts';
import { accept } from '../../unit/map/support/accept.ts';
import { migratedDatabase, sqliteD1 } from './sqliteD1.ts';
import { START_MS } from './startMs.ts';

const DEVICES = 2;
const PEOPLE = 3;

/** What may happen in a shop whose pages say who is there, and say it when somebody leaves. */
export type Step =
  | { do: 'track'; device: number }
  | { do: 'identify'; device: number; person: number; by: 'email' | 'userId' | 'phone' }
  | { do: 'reset'; device: number }
  /** The back end says that the visit is this person's. */
  | { do: 'alias'; device: number; person: number; by: 'email' | 'userId' }
  /** An alias gives a visit that is known as one person's to another. */
  | { do: 'mistake'; device: number; person: number }
  /** The back end reports something of a person, with no visit. */
  | { do: 'report'; person: number }
  /** The queue hands some of what waits over, in no order. */
  | { do: 'collect'; pick: number; all?: boolean }
  | { do: 'freeze' };

const device = fc.nat(DEVICES - 1);
const person = fc.nat(PEOPLE - 1);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('track' as const), device }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('identify' as const),
      device,
      person,
      by: fc.constantFrom('email' as const, 'userId' as const, 'phone' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reset' as const), device }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('alias' as const),
      device,
      person,
      by: fc.constantFrom('email' as const, 'userId' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mistake' as const), device, person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('report' as const), person }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('collect' as const), pick: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'freeze' as const }) },
);

const emailOf = (person: number) => `person-${person}@example.com`;
const phoneOf = (person: number) => `+4144668180${person}`;

/** One visit of a device, from a reset to the next: what the page's SDK remembers, and whose it turns out to be. */
interface Visit {
  anonymousId: string;
  person?: number;
  known: { userId?: string; traits?: object };
  /** The proxy has been told whose. */
  isLinked?: boolean;
}

const env = {
  SLUICE_CONFIG: JSON.stringify({ sources: [{ id: 'backend', kind: 'server' }] }),
  KLAVIYO_API_KEY: 'pk_emulator_demo',
  SECRET_KEYS: JSON.stringify({ backend: ['sk_backend'] }),
  OPERATOR_TOKENS: '{}',
  LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'a-ledger-key-that-is-for-tests-only' } }),
};

/** A shop with shared devices, the queue behind it, and the real way from there to whom an event goes out as. */
export class Shop {
  readonly #db = sqliteD1(migratedDatabase());
  readonly #visits: Visit[] = [];
  readonly #devices: Visit[];
  /** Whose each message is; a visit's, for as long as nobody said so. */
  readonly #owners = new Map<string, Visit | number>();
  #queue: WholeMessage[] = [];
  #inbox: StoredItem[] = [];
  #frozen: StoredItem[] = [];

  constructor() {
    this.#devices = Array.from({ length: DEVICES }, () => this.#begin());
  }

  async do(step: Step): Promise<void> {
    switch (step.do) {
      case 'track':
        return this.#fromPage(this.#at(step.device), { type: 'track', event: 'Ping' });
      case 'identify':
        return this.#identify(step);
      case 'reset':
        this.#devices[step.device] = this.#begin();
        return;
      case 'alias':
        return this.#alias(step);
      case 'mistake':
        return this.#mistake(step);
      case 'report':
        return this.#fromServer(step.person, {
          type: 'identify',
          userId: `user-${step.person}`,
          traits: { email: emailOf(step.person) },
        });
      case 'collect':
        return this.#collect(step);
      case 'freeze':
        return this.#freeze();
    }
  }

  /** Events under an address that is not that of whoever was there. */
  misattributed(): string[] {
    return this.#frozen.flatMap(({ id, who }) => {
      const owner = this.#ownerOf(id);
      const isRight =
        (who.email === undefined || who.email === (owner !== undefined ? emailOf(owner) : undefined)) &&
        (who.phone_number === undefined || who.phone_number === (owner !== undefined ? phoneOf(owner) : undefined));
      return isRight ? [] : [`${id} of ${owner} went out as ${JSON.stringify(who)}`];
    });
  }

  /** How many events each address has got. */
  attributed(): Record<string, number> {
    const events = this.#frozen.filter(({ lane }) => lane === 'events');
    const byAddress = Map.groupBy(events, ({ who }) => who.email ?? who.phone_number ?? 'nobody');
    return Object.fromEntries([...byAddress].map(([address, { length }]) => [address, length]));
  }

  #begin(): Visit {
    const visit: Visit = { anonymousId: `anon-${this.#visits.length}`, known: {} };
    this.#visits.push(visit);
    return visit;
  }

  #at(device: number): Visit {
    return this.#devices[device] as Visit;
  }

  /** The shop's pages reset before they name another person. */
  #ofPerson(device: number, person: number): Visit {
    const { person: known } = this.#at(device);
    if (known !== undefined && known !== person) this.#devices[device] = this.#begin();
    const visit = this.#at(device);
    visit.person = person;
    return visit;
  }

  #identify({ device, person, by }: Step & { do: 'identify' }): void {
    const visit = this.#ofPerson(device, person);
    const traits = by === 'email' ? { email: emailOf(person) } : by === 'phone' ? { phone: phoneOf(person) } : {};
    const userId = by === 'userId' ? emailOf(person) : undefined;
    visit.known = { ...visit.known, ...(userId && { userId }), traits: { ...visit.known.traits, ...traits } };
    this.#fromPage(visit, { type: 'identify', traits });
  }

  #alias({ device, person, by }: Step & { do: 'alias' }): void {
    const { anonymousId: previousId } = this.#ofPerson(device, person);
    const userId = by === 'email' ? emailOf(person) : `user-${person}`;
    this.#fromServer(person, { type: 'alias', previousId, userId });
  }

  #mistake({ device, person }: Step & { do: 'mistake' }): void {
    const visit = this.#at(device);
    if (!visit.isLinked) return;
    for (const userId of [emailOf(person), `user-${person}`])
      this.#fromServer(person, { type: 'alias', previousId: visit.anonymousId, userId });
  }

  /** As the browser SDK sends it: what it knows of the visitor goes along with each message. */
  #fromPage(visit: Visit, message: object): void {
    const { anonymousId, known } = visit;
    const { userId, traits } = known;
    this.#send(visit, false, { ...message, anonymousId, userId, context: { traits } });
  }

  #fromServer(person: number, message: object): void {
    this.#send(person, true, message);
  }

  #send(owner: Visit | number, trusted: boolean, message: object): void {
    const id = `m${this.#owners.size}`;
    this.#owners.set(id, owner);
    const event: AcceptedEvent = accept({ messageId: id, ...message });
    const source = trusted ? 'backend' : 'web';
    this.#queue.push({
      v: 1,
      kind: 'events',
      account: 'main',
      source,
      trusted,
      receivedAtMs: START_MS,
      events: [event],
    });
  }

  async #collect({ pick, all }: Step & { do: 'collect' }): Promise<void> {
    const taken = this.#queue.filter((_, index) => all || (pick + index * 7) % 3 === 0);
    this.#queue = this.#queue.filter((message) => !taken.includes(message));
    const messages = pick % 2 === 0 ? taken : taken.toReversed();
    const left = new Set(messages);
    const batch = messages.map((body, index) => ({
      id: String(index),
      attempts: 1,
      body,
      ack: () => void left.delete(body),
      retry() {},
    }));
    const store = async (_account: string, chunks: readonly Chunk[]) => {
      this.#inbox.push(...chunks.flatMap(({ items }) => items.split('\n').map((line) => readLine(line))));
      return { ok: true };
    };
    // The parts of the runtime's that collecting uses.
    const runtime = { ...env, DB: this.#db, DISPATCHER: { getByName: () => ({ store }) } } as unknown as Env;
    await collectMessages(
      { queue: 'sluice-ingest', messages: batch } as unknown as MessageBatch<WholeMessage>,
      runtime,
    );
    if (left.size > 0) throw new Error(`${left.size} messages were not collected`);
    for (const body of taken) this.#noteLinks(body);
  }

  async #freeze(): Promise<void> {
    const { config, ledgerKeys } = requireSettings(env as Env);
    const sources = { db: this.#db, account: 'main', ledgerKeys, identity: config.identity };
    for (const [lane, items] of Map.groupBy(this.#inbox, ({ lane }) => lane)) {
      const judged = await judgeItems(items, laneOf(lane), sources);
      this.#frozen.push(...judged.map(({ stitched }) => stitched));
    }
    this.#inbox = [];
  }

  #noteLinks(body: WholeMessage): void {
    for (const { id, message } of body.kind === 'events' ? body.events : []) {
      const owner = this.#owners.get(id);
      const namesSomebody = message.userId || Object.keys(message.context?.traits ?? {}).length > 0;
      if (typeof owner === 'object' && namesSomebody) owner.isLinked = true;
    }
  }

  #ownerOf(itemId: string): number | undefined {
    const owner = this.#owners.get(itemId.slice(0, itemId.indexOf('#')));
    return typeof owner === 'object' ? owner.person : owner;
  }
}
