import { vi } from 'vitest';
import { createApp } from '../../../src/app.ts';
import type { Env } from '../../../src/env.ts';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { unfoldMessage } from '../../../src/ingest/unfoldMessage.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import { linkIdentities } from '../../../src/map/linkIdentities.ts';
import { mapMessage } from '../../../src/map/mapMessage.ts';
import { requireSettings } from '../../../src/settings.ts';
import { saveIdentities } from '../../../src/store/identities.ts';
import { type Contract, loadContract } from '../../unit/contract/support/loadContract.ts';
import { Simulation, START_MS } from './Simulation.ts';

/** One request: its messages as JSON texts, and the key under which they go. */
export interface Posted {
  messages: string[];
  key: string;
}

const contract = loadContract();
const app = createApp({});
const HOUR_MS = 3_600_000;

/** Requests on their whole way, from the door to the emulator, and all that goes wrong with them there. */
export class HostileTraffic {
  readonly #simulation = new WatchedSimulation(contract);
  readonly #env: Env;
  #queue: IngestMessage[] = [];

  constructor() {
    const send = async (message: IngestMessage) => void this.#queue.push(JSON.parse(JSON.stringify(message)));
    this.#env = { ...VARIABLES, INGEST: { send } } as unknown as Env;
  }

  async carry(requests: readonly Posted[]) {
    vi.setSystemTime(START_MS);
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const answers = [];
    for (const request of requests) answers.push(await this.#post(request));
    for (const message of this.#queue) await this.#collect(message);
    await this.#simulation.pass(HOUR_MS);
    const { waiting, counts } = this.#simulation.figures();
    const logged = errors.mock.calls.map(String);
    errors.mockRestore();
    warnings.mockRestore();
    vi.useRealTimers();
    const dead = counts.reduce((sum, { outcome, n }) => sum + (outcome === 'dead' ? n : 0), 0);
    return {
      messages: requests.reduce((sum, { messages }) => sum + messages.length, 0),
      accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
      delivered: counts.reduce((sum, { outcome, n }) => sum + (outcome === 'delivered' ? n : 0), 0),
      problems: [
        ...answers.flatMap(({ problems }) => problems),
        ...this.#simulation.problems,
        ...(dead > this.#simulation.conflicts ? [JSON.stringify(counts)] : []),
        ...Object.entries(waiting).map(([lane, n]) => `${n} items wait in ${lane}`),
        ...logged,
      ],
    };
  }

  async #post({ messages, key }: Posted) {
    const body = `{"batch":[${messages}],"writeKey":"${key}","sentAt":"${new Date(START_MS).toISOString()}"}`;
    const request = new Request('https://edge.example/v1/batch', {
      method: 'POST',
      body,
      headers: { origin: 'https://shop.example' },
    });
    const response = await app.fetch(request, this.#env);
    const answer = (await response.json()) as {
      accepted?: number;
      rejected?: Rejection[];
      error?: { details?: { rejected: Rejection[] } };
    };
    const { accepted = 0 } = answer;
    const rejected = answer.rejected ?? answer.error?.details?.rejected ?? [];
    const isComplete = response.status === 413 || accepted + rejected.length === messages.length;
    const nameless = rejected.filter(({ code, path }) => code === 'event_invalid' && path === undefined);
    return {
      accepted,
      problems: [
        ...(response.status < 500 && isComplete ? [] : [`${response.status} ${JSON.stringify(answer)}`]),
        ...nameless.map((rejection) => `no path: ${JSON.stringify(rejection)}`),
      ],
    };
  }

  /** As the queue's consumer does, without what it does about defects: here they are to show. */
  async #collect(queued: IngestMessage): Promise<void> {
    const { config } = requireSettings(this.#env);
    const message = unfoldMessage(queued);
    await saveIdentities(this.#simulation.db, message.account, linkIdentities(message, config), START_MS);
    this.#simulation.accept(mapMessage(message, config));
  }
}

interface Rejection {
  code: string;
  path?: string;
}

/** Klaviyo, with an eye on each request: its schema, and what the emulator says to it. */
class WatchedSimulation extends Simulation {
  readonly problems: string[] = [];
  /** Addresses of two profiles in one: nothing is wrong with such a body, it only comes to nothing. */
  conflicts = 0;
  readonly #contract: Contract | undefined;

  constructor(contract: Contract | undefined) {
    super();
    this.#contract = contract;
  }

  protected override async fetch(url: string, init: RequestInit): Promise<Response> {
    const operation = findOperation(init.method ?? 'GET', new URL(url).pathname);
    if (init.body && operation) {
      const wrong = this.#contract?.request(operation, JSON.parse(String(init.body))) ?? [];
      this.problems.push(...wrong.map((problem) => `${operation}: ${problem}`));
    }
    const answer = await super.fetch(url, init);
    if (answer.status === 409) this.conflicts += 1;
    else if (answer.status >= 400 && answer.status !== 429)
      this.problems.push(`${operation}: ${answer.status} ${await answer.clone().text()}`);
    return answer;
  }
}

function findOperation(method: string, path: string) {
  const [name] =
    Object.entries(OPERATIONS).find(
      ([, each]) => each.method === method && new RegExp(`^${each.path.replace('{id}', '[^/]+')}$`).test(path),
    ) ?? [];
  return name;
}

const VARIABLES = {
  SLUICE_CONFIG: JSON.stringify({
    accounts: { main: { baseUrl: 'https://klaviyo.test', defaultList: 'DEMO01' } },
    sources: [
      { id: 'web', kind: 'public', writeKey: 'wk_page', origins: ['*'] },
      { id: 'backend', kind: 'server' },
    ],
    consent: { default: { unknown: 'send' } },
  }),
  SECRET_KEYS: JSON.stringify({ backend: ['sk_backend'] }),
  KLAVIYO_API_KEY: 'pk_emulator_demo',
  OPERATOR_TOKENS: '{}',
  LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'a-ledger-key-that-is-for-tests-only' } }),
};
