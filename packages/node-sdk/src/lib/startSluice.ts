import { DEFAULT_FLUSH_TIMEOUT_MS, MAX_TIMER_MS } from '../limits.ts';
import type { DecisionResult, FlushResult, Kind, MessageOptions, Sluice, SluiceOptions, Traits } from '../types.ts';
import { checkOptions } from './checkOptions.ts';
import { createEmitter } from './createEmitter.ts';
import { createIds } from './createIds.ts';
import { createOutbox } from './createOutbox.ts';
import { describeConsent, describeDecision } from './describeDecision.ts';
import { describeMessage, type Said } from './describeMessage.ts';
import type { Platform } from './setUpLane.ts';
import { toJson } from './toJson.ts';

/** A running SDK, and what the runtime's wrapper around it needs to know. */
export interface Started {
  sluice: Sluice;
  /** How many messages would be lost if the process ended now. */
  atRisk(): number;
  report(problem: { code: string; message: string }): void;
  /** A flush that nobody repeats: it tries at once, and gives an open circuit its time. */
  lastFlush(timeoutMs: number): Promise<FlushResult>;
  /** Called once when the SDK is closed. */
  onClose(listener: () => void): void;
}

type Given = { messageId?: string } | null | undefined;

/** The public methods. What a caller passes in is copied as text here, and nothing it passes can throw out again. */
export function startSluice(options: SluiceOptions, platform: Platform): Started {
  checkOptions(options);
  const emitter = createEmitter();
  const outbox = createOutbox(options, platform, emitter);
  const createId = createIds();
  const closers: (() => void)[] = [];
  let closing: ReturnType<Sluice['close']> | undefined;
  if (platform.store) platform.store.onProblem = (problem) => emitter.report(problem);

  const record = (kind: Kind, given: Given, describe: (id: string) => Record<string, unknown>) => {
    let id = '';
    let text: string;
    try {
      id = given?.messageId ?? createId();
      text = toJson(describe(id));
      // A `toJSON` of the caller's own may have made anything of it.
      if (!text?.startsWith('{')) throw new TypeError('no object');
    } catch (error) {
      // A time that is none is a RangeError; what JSON cannot hold is not.
      return outbox.refuse(kind, id, error instanceof RangeError ? 'event_invalid' : 'event_unserialisable', '');
    }
    return outbox.record(kind, id, text);
  };

  const send = (said: Said, options: MessageOptions | undefined) =>
    record('message', options, (id) => describeMessage(id, said, options ?? {}));

  const decide = async (
    kind: Exclude<Kind, 'message'>,
    request: Given,
    describe: (id: string) => Record<string, unknown>,
  ): Promise<DecisionResult> => {
    const result = await record(kind, request, describe);
    if (result.ok) return { ok: true, status: 'accepted' };
    return { ok: false, code: result.reason, message: result.message ?? '' };
  };

  const sluice: Sluice = {
    track: (event: string, properties: object | undefined, options: MessageOptions) =>
      send({ type: 'track', event, properties }, options),
    page: (name, properties, options) => send({ type: 'page', name, properties }, options),
    identify: (user: string | Traits, more?: Traits | MessageOptions, last?: MessageOptions) =>
      typeof user === 'string'
        ? send({ type: 'identify', userId: user, traits: more as Traits | undefined }, last)
        : send({ type: 'identify', traits: user }, more as MessageOptions | undefined),
    subscribe: (request) => decide('subscribe', request, (id) => describeDecision(request, id)),
    unsubscribe: (request) => decide('unsubscribe', request, (id) => describeDecision(request, id)),
    consent: (request) => decide('consent', request, (id) => describeConsent(request, id)),
    flush: (given) => outbox.flush(readTimeout(given)),
    close(given) {
      closing ??= outbox.close(readTimeout(given)).finally(() => {
        for (const closer of closers) closer();
      });
      return closing;
    },
    [Symbol.asyncDispose]: async () => void (await sluice.close()),
    on: emitter.on,
    get waiting() {
      return outbox.waiting();
    },
  };
  return {
    sluice,
    atRisk: outbox.atRisk,
    report: emitter.report,
    lastFlush: (timeoutMs) => outbox.flush(timeoutMs, true),
    onClose: (listener) => void closers.push(listener),
  };
}

/** What is no number, as from an environment that lacks it, is the default: a flush without an end would hold the process. */
function readTimeout({ timeoutMs = DEFAULT_FLUSH_TIMEOUT_MS }: { timeoutMs?: number } = {}): number {
  return Number.isNaN(timeoutMs) ? DEFAULT_FLUSH_TIMEOUT_MS : Math.min(timeoutMs, MAX_TIMER_MS);
}
