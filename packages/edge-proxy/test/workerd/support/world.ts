import { createExecutionContext, createMessageBatch, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createEmulator, type Emulator, type EmulatorOptions } from '@sluice/klaviyo-emulator';
import { vi } from 'vitest';
import type { Env } from '../../../src/env.ts';
import worker, { Dispatcher } from '../../../src/index.ts';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import type { Item } from '../../../src/map/item.ts';
import { testConfig } from './settings.ts';

/** Later than the machine's clock, so that no alarm fires by itself: the tests run them. */
export const START_MS = Date.UTC(2027, 2, 1, 12);

/** What became of the items of one account, as the operator sees it. */
export interface Tally {
  accepted: number;
  waiting: number;
  delivered: number;
  refused: number;
  dead: number;
  duplicate: number;
}

export interface Outcome {
  acked: string[];
  retried: { id: string; delaySeconds: number | undefined }[];
}

export interface CollectOptions {
  /** How often the queue has brought the batch. @default 1 */
  attempts?: number;
  /** @default 'sluice-ingest' */
  queueName?: string;
  /** A Worker in the place of the deployed one. */
  through?: ExportedHandler<Env, IngestMessage>;
  /** Bindings in the place of the real ones. */
  bindings?: Partial<Env>;
}

/** One request to a webhook's address. */
export interface WebhookCall {
  headers: Record<string, string>;
  body: string;
}

export interface World {
  klaviyo: Emulator;
  /** What ingest handed to the queue and `collect` has not taken yet. */
  queue: IngestMessage[];
  /** What the alerts' address was sent. */
  alerts: WebhookCall[];
  /** How it answers. */
  answerAlerts(status: number): void;
  /** The same of the opt-outs' address. */
  optOuts: WebhookCall[];
  answerOptOuts(status: number): void;
  /** Everything that was written to the console. */
  output: string[];
  /** Answers in Klaviyo's place; whoever does may pass requests on. */
  intercept(answer: (request: Request) => Promise<Response>): void;
  /** Hands queue messages to the consumer; without any, all that wait. */
  collect(messages?: readonly IngestMessage[], options?: CollectOptions): Promise<Outcome>;
  /** Hands items to the Dispatcher. */
  accept(items: readonly Item[]): Promise<void>;
  /** Lets time pass and runs every alarm on its way. Returns how many. */
  pass(ms: number): Promise<number>;
  /** The same, with a Dispatcher for each alarm that knows nothing but what is stored. */
  passWithRestarts(ms: number): Promise<number>;
  tally(): Promise<Tally>;
  deadLetters(): Promise<{ id: string; reason: string; error: unknown; attempts: number }[]>;
  /** Milliseconds until the next alarm; undefined when none is set. */
  nextAlarm(): Promise<number | undefined>;
}

export const dispatcher = () => env.DISPATCHER.getByName('main:0');

/** A world with a Klaviyo of its own, an empty queue, and a clock that stands still until told. */
export function openWorld(options: EmulatorOptions = {}): World {
  vi.setSystemTime(START_MS);
  const klaviyo = createEmulator({
    visibilityDelayMs: 0,
    jobStepMs: 0,
    clock: { source: () => Date.now() },
    requestLog: { maxEntries: 5000, maxBodyBytes: 5_000_000 },
    ...options,
  });
  // The Worker runs in the isolate of its tests: its `fetch` is this one.
  let answer = klaviyo.fetch;
  const alerts: WebhookCall[] = [];
  const optOuts: WebhookCall[] = [];
  const webhookStatus = { alerts: 204, optOuts: 204 };
  const take = async (request: Request, calls: WebhookCall[], name: keyof typeof webhookStatus) => {
    calls.push({ headers: Object.fromEntries(request.headers), body: await request.text() });
    return new Response(null, { status: webhookStatus[name] });
  };
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = new Request(input, init);
    if (request.url === testConfig.webhooks.alerts) return take(request, alerts, 'alerts');
    if (request.url === testConfig.webhooks.optOuts) return take(request, optOuts, 'optOuts');
    return answer(request);
  });
  const queue: IngestMessage[] = [];
  vi.spyOn(env.INGEST, 'send').mockImplementation(async (message) => {
    queue.push(message);
    return undefined as never;
  });
  limitAddresses();
  const output = listen();

  const world: World = {
    klaviyo,
    queue,
    alerts,
    answerAlerts(status) {
      webhookStatus.alerts = status;
    },
    optOuts,
    answerOptOuts(status) {
      webhookStatus.optOuts = status;
    },
    output,
    intercept(instead) {
      answer = instead;
    },
    async collect(messages = queue.splice(0), options = {}) {
      const outcome = await collect(messages, options);
      await assertBalanced();
      return outcome;
    },
    async accept(items) {
      await dispatcher().accept('main', items);
    },
    async pass(ms) {
      const alarms = await pass(ms, () => runDurableObjectAlarm(dispatcher()));
      await assertBalanced();
      return alarms;
    },
    async passWithRestarts(ms) {
      const alarms = await pass(ms, runAlarmAnew);
      await assertBalanced();
      return alarms;
    },
    tally,
    deadLetters,
    nextAlarm: async () => {
      const at = await alarmAt();
      return at === null ? undefined : at - Date.now();
    },
  };
  return world;
}

/** As wrangler.jsonc has it. */
const SIGN_UPS_PER_ADDRESS = 5;

/** The local runtime counts in its own time, over all the tests of a file, which have the same few people: here each world has its own. */
function limitAddresses(): void {
  const counts = new Map<string, number>();
  vi.spyOn(env.ADDRESS_LIMITER, 'limit').mockImplementation(async ({ key }) => {
    const inMinute = `${key} ${Math.floor(Date.now() / 60_000)}`;
    counts.set(inMinute, (counts.get(inMinute) ?? 0) + 1);
    return { success: (counts.get(inMinute) ?? 0) <= SIGN_UPS_PER_ADDRESS };
  });
}

function listen(): string[] {
  const output: string[] = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...words) => {
      output.push(words.map(String).join(' '));
    });
  return output;
}

async function collect(bodies: readonly IngestMessage[], options: CollectOptions): Promise<Outcome> {
  const { attempts = 1, bindings, queueName = 'sluice-ingest', through = worker } = options;
  const messages = bodies.map((body, index) => ({ id: `q${index}`, timestamp: new Date(), attempts, body }));
  const batch = createMessageBatch(queueName, messages);
  const outcome: Outcome = { acked: [], retried: [] };
  for (const message of batch.messages) {
    vi.spyOn(message, 'ack').mockImplementation(() => void outcome.acked.push(message.id));
    vi.spyOn(message, 'retry').mockImplementation(
      (retry) => void outcome.retried.push({ id: message.id, delaySeconds: retry?.delaySeconds }),
    );
  }
  await through.queue?.(batch, { ...env, ...bindings }, createExecutionContext());
  return outcome;
}

/** More than any honest test needs: past it an alarm runs again and again for nothing. */
const MAX_ALARMS = 5000;

async function pass(ms: number, runAlarm: () => Promise<unknown>): Promise<number> {
  const untilMs = Date.now() + ms;
  for (let alarms = 0; alarms < MAX_ALARMS; alarms++) {
    const at = await alarmAt();
    if (at === null || at > untilMs) {
      vi.setSystemTime(untilMs);
      return alarms;
    }
    vi.setSystemTime(Math.max(at, Date.now()));
    await runAlarm();
  }
  throw new Error(`more than ${MAX_ALARMS} alarms in ${ms} ms: an alarm spins`);
}

/** A life of its own for one alarm, on the storage that the last one left. */
export function runAlarmAnew(): Promise<void> {
  return runInDurableObject(dispatcher(), async (_old, state) => {
    await state.storage.deleteAlarm();
    await new Dispatcher(state, env).alarm();
  });
}

function alarmAt(): Promise<number | null> {
  return runInDurableObject(dispatcher(), (_instance, state) => state.storage.getAlarm());
}

/** From what is stored alone: a life that a test began beside the runtime's own has changed it behind that one's back. */
async function tally(): Promise<Tally> {
  const { waiting, counts } = await runInDurableObject(dispatcher(), (_old, state) =>
    new Dispatcher(state, env).figures(),
  );
  const sum: Tally = { accepted: 0, waiting: 0, delivered: 0, refused: 0, dead: 0, duplicate: 0 };
  for (const n of Object.values(waiting)) sum.waiting += n;
  for (const { outcome, n } of counts) sum[outcome] += n;
  return sum;
}

async function assertBalanced(): Promise<void> {
  const { accepted, waiting, delivered, refused, dead, duplicate } = await tally();
  const outcomes = waiting + delivered + refused + dead + duplicate;
  if (accepted !== outcomes) throw new Error(`${accepted} items came in, ${outcomes} are accounted for`);
}

function deadLetters() {
  return runInDurableObject(dispatcher(), (_instance, { storage }) =>
    storage.sql
      .exec<{ id: string; reason: string; error: string | null; attempts: number }>(
        'SELECT id, reason, error, attempts FROM dead_letters ORDER BY id',
      )
      .toArray()
      .map((row) => ({ ...row, error: row.error === null ? null : JSON.parse(row.error) })),
  );
}
