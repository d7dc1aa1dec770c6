import type { Timer } from '../../../src/deliver/Ground.ts';

interface Planned {
  atMs: number;
  order: number;
  fire: () => void;
}

/** Cryptography runs on other threads, where no clock sees it: what of it is under way, whoever asked. */
let encrypting = 0;
for (const name of ['sign', 'importKey'] as const) {
  const original = crypto.subtle[name].bind(crypto.subtle) as (...parameters: unknown[]) => Promise<never>;
  crypto.subtle[name] = (...parameters: unknown[]) => {
    encrypting += 1;
    return original(...parameters).finally(() => {
      encrypting -= 1;
    });
  };
}

/**
 * A clock that jumps from one planned moment to the next. Between two moments it waits until all that runs in real time
 * (cryptography, the emulator) has come to rest, so the same plan gives the same run on any machine.
 */
export class VirtualTime {
  nowMs: number;
  #planned: Planned[] = [];
  #order = 0;
  #working = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  timer(ms: number): Timer {
    const { promise, resolve } = Promise.withResolvers<void>();
    const planned = this.plan(ms, resolve);
    return { done: promise, cancel: () => this.#remove(planned) };
  }

  plan(inMs: number, fire: () => void): Planned {
    this.#order += 1;
    const planned = { atMs: this.nowMs + Math.max(0, Math.ceil(inMs)), order: this.#order, fire };
    this.#planned.push(planned);
    return planned;
  }

  /** Real work that virtual time must not overtake. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work;
    } finally {
      this.#working -= 1;
    }
  }

  /** A wait in the midst of real work, while which time may pass. */
  async aside<T>(wait: Promise<T>): Promise<T> {
    this.#working -= 1;
    try {
      return await wait;
    } finally {
      this.#working += 1;
    }
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await this.rest();
      const next = this.#planned.reduce<Planned | undefined>(earlier, undefined);
      if (next === undefined || next.atMs > untilMs) break;
      this.#remove(next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.fire();
    }
    this.nowMs = untilMs;
  }

  /** Until nothing runs in real time any more: a few idle turns of the event loop in a row. */
  async rest(): Promise<void> {
    for (let idle = 0; idle < IDLE_TURNS; idle = this.#working + encrypting === 0 ? idle + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  #remove(planned: Planned): void {
    const index = this.#planned.indexOf(planned);
    if (index !== -1) this.#planned.splice(index, 1);
  }
}

// Promises settle within a turn, and a Response's text within two.
const IDLE_TURNS = 3;

function earlier(first: Planned | undefined, second: Planned): Planned {
  if (first === undefined) return second;
  const later = second.atMs - first.atMs || second.order - first.order;
  return later > 0 ? first : second;
}
