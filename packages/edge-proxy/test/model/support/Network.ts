import type { Emulator } from '@sluice/klaviyo-emulator';
import type { VirtualTime } from './VirtualTime.ts';

/** What happens to one call on its way, besides what Klaviyo itself does. */
export type Mishap =
  | 'none'
  | '429'
  | '500'
  | 'html403'
  /** Never answered; Klaviyo did not see it. */
  | 'hang'
  /** The connection breaks before Klaviyo sees it. */
  | 'reset'
  /** Klaviyo takes it, and its answer is lost. */
  | 'lost'
  /** The same, but the caller only notices when its patience ends. */
  | 'lostSilently';

/** The way to the emulator and back in virtual time; each call takes the next of the planned mishaps. */
export class Network {
  /** One way, drawn anew for each. */
  latencyMs: () => number = () => 40;
  mishaps: Mishap[] = [];
  /** Takes the pointers out of Klaviyo's errors. */
  stripsPointers = false;
  /** Takes out what Klaviyo says of its limits, where a test's share stands for all of them. */
  hidesLimits = false;
  /** Klaviyo refuses every call that holds an event of the metric Fragile, and does not say which it is. */
  refusesFragile = false;
  /** Answers in Klaviyo's place, where it returns something. */
  answerInstead: (path: string, init: RequestInit) => Response | undefined = () => undefined;
  readonly calls: { path: string; atMs: number; status: number | undefined }[] = [];
  readonly #time: VirtualTime;
  readonly #klaviyo: Emulator;

  constructor(time: VirtualTime, klaviyo: Emulator) {
    this.#time = time;
    this.#klaviyo = klaviyo;
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    const mishap = this.mishaps.shift() ?? 'none';
    const ended = whenAborted(init.signal);
    if (mishap === 'hang') return ended;
    await this.#travel(ended);
    if (mishap === 'reset') throw new TypeError('connection reset');
    const isRefused = this.refusesFragile && String(init.body).includes('"Fragile"');
    const refused = isRefused ? Response.json(problem(400, 'invalid'), { status: 400 }) : mishapAnswer(mishap);
    const instead = this.answerInstead(new URL(url).pathname, init);
    const answer = refused ?? instead ?? (await this.#ask(url, init));
    if (mishap === 'lostSilently') return ended;
    await this.#travel(ended);
    if (mishap === 'lost') throw new TypeError('connection lost');
    return answer;
  }

  async #ask(url: string, { signal: _signal, ...init }: RequestInit): Promise<Response> {
    const call = { path: new URL(url).pathname, atMs: this.#time.nowMs, status: undefined as number | undefined };
    this.calls.push(call);
    const answer = await this.#time.during(this.#klaviyo.fetch(new Request(url, init)));
    call.status = answer.status;
    if (this.hidesLimits) answer.headers.delete('ratelimit-limit');
    return this.stripsPointers && answer.status === 400 ? withoutPointers(answer) : answer;
  }

  #travel(ended: Promise<never>): Promise<void> {
    return Promise.race([this.#time.timer(this.latencyMs()).done, ended]);
  }
}

async function withoutPointers(answer: Response): Promise<Response> {
  const body = (await answer.json()) as { errors: { source?: unknown }[] };
  const errors = body.errors.map(({ source: _pointer, ...error }) => error);
  return Response.json({ errors }, answer);
}

function whenAborted(signal: RequestInit['signal']): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
  // Most calls are answered, and nobody waits for the end of their patience.
  ended.catch(() => {});
  return ended;
}

function mishapAnswer(mishap: Mishap): Response | undefined {
  switch (mishap) {
    case '429':
      return Response.json(problem(429, 'throttled'), { status: 429, headers: { 'Retry-After': '3' } });
    case '500':
      return Response.json(problem(500, 'error'), { status: 500 });
    case 'html403':
      return new Response('<!DOCTYPE html>', { status: 403, headers: { 'content-type': 'text/html' } });
    default:
      return undefined;
  }
}

const problem = (status: number, code: string) => ({
  errors: [
    { id: 'planned', status, code, title: code, detail: code, source: { pointer: '/data/' }, links: {}, meta: {} },
  ],
});
