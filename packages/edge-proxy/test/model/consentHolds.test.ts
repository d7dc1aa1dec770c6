import fc from 'fast-check';
import { beforeEach, expect, it, vi } from 'vitest';
import { subscribeItem, unsubscribeItem } from '../unit/deliver/support/items.ts';
import type { Mishap } from './support/Network.ts';
import { Simulation } from './support/Simulation.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MINUTES = 24 * 60;
const MISHAPS: Mishap[] = ['none', '429', '500', 'html403', 'hang', 'reset', 'lost', 'lostSilently'];

type Step =
  | { do: 'signUp' }
  | { do: 'optOut' }
  | { do: 'repeat'; which: number }
  | { do: 'leaveAtKlaviyo' }
  | { do: 'confirm' }
  | { do: 'mishaps'; mishaps: Mishap[] }
  | { do: 'swallow'; calls: number }
  | { do: 'crash' }
  | { do: 'minutes'; n: number }
  | { do: 'pass'; ms: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'signUp' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'optOut' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'leaveAtKlaviyo' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'confirm' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mishaps' as const),
      mishaps: fc.array(fc.constantFrom(...MISHAPS), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('swallow' as const), calls: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('minutes' as const), n: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(3000), fc.nat(90_000)) }) },
);

beforeEach(() => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

const ada = { email: 'ada@example.com' };

/** One person's life: each decision stands in the ledger first, and then goes, as the routes do it. */
class Life {
  readonly simulation: Simulation;
  readonly said: { kind: 'signUp' | 'optOut'; atMs: number }[] = [];

  constructor(seed: number, optIn: 'single_opt_in' | 'double_opt_in') {
    const lists = [{ id: 'DEMO01', name: 'Newsletter', optIn }];
    const accounts = [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], lists }];
    this.simulation = new Simulation({ seed, klaviyo: { accounts, visibilityDelayMs: { min: 0, max: 5000 } } });
    this.simulation.network.latencyMs = () => this.simulation.random() ** 3 * 1500;
  }

  async live(step: Step): Promise<void> {
    const { simulation } = this;
    switch (step.do) {
      case 'signUp':
      case 'optOut':
        return this.#say(step.do);
      case 'repeat': {
        const before = this.said[step.which % Math.max(1, this.said.length)];
        if (before) this.#send(before);
        return;
      }
      case 'leaveAtKlaviyo':
        simulation.klaviyo.optOut(ada);
        return;
      case 'confirm':
        // Klaviyo tells times by the second.
        await simulation.pass(1000);
        simulation.klaviyo.confirmOptIn(ada);
        return;
      case 'mishaps':
        simulation.network.mishaps.push(...step.mishaps);
        return;
      case 'swallow': {
        let left = step.calls;
        simulation.network.answerInstead = (path) =>
          path.includes('subscription-bulk') && left-- > 0 ? new Response(null, { status: 202 }) : undefined;
        return;
      }
      case 'crash':
        return simulation.crash();
      case 'minutes':
        return this.minutes(step.n);
      case 'pass':
        return simulation.pass(step.ms);
    }
  }

  async minutes(n: number): Promise<void> {
    for (let minute = 0; minute < n; minute++) {
      const ticked = this.simulation.tick({ polls: true });
      await this.simulation.pass(MINUTE_MS);
      // A crash leaves a tick behind that never ends.
      await Promise.race([ticked, Promise.resolve()]);
    }
  }

  async #say(kind: 'signUp' | 'optOut'): Promise<void> {
    const { simulation } = this;
    // Klaviyo tells times by the second.
    await simulation.pass(1000);
    const change = kind === 'signUp' ? { decision: 'granted' as const, list: 'DEMO01' } : {};
    const said = { kind, atMs: simulation.time.nowMs };
    await simulation.decide(ada, { purpose: 'email', ...change });
    this.said.push(said);
    this.#send(said);
  }

  #send({ kind, atMs }: Life['said'][number]): void {
    const said = { who: ada, receivedAtMs: this.simulation.time.nowMs, decidedAtMs: atMs };
    const item = kind === 'signUp' ? subscribeItem(`s${atMs}`, said) : unsubscribeItem(`u${atMs}`, said);
    this.simulation.accept([item]);
  }

  /** What the ledger says last, and what Klaviyo has. */
  async outcome(): Promise<{ ledger: string | undefined; klaviyo: string | undefined }> {
    const query = `SELECT decision FROM consent_state WHERE purpose = 'email' ORDER BY decided_at DESC, decision LIMIT 1`;
    const { results } = await this.simulation.db.prepare(query).bind().all<{ decision: string }>();
    return {
      ledger: results[0]?.decision,
      klaviyo: this.simulation.klaviyo.state().profiles[0]?.consent.email.consent,
    };
  }

  /** Everything works again, and a night goes by, for what no read-back was planned for. */
  async settle(): Promise<void> {
    this.simulation.network.mishaps.length = 0;
    this.simulation.network.answerInstead = () => undefined;
    await this.minutes(45);
    await this.simulation.pass(DAY_MINUTES * MINUTE_MS);
    await this.minutes(15);
  }
}

const anyLife = [fc.array(anyStep, { minLength: 5, maxLength: 25 }), fc.nat(10_000)] as const;
const often = { numRuns: LONG ? 2000 : 30, seed: 20261123 };

it('after whatever happened, Klaviyo has what the person said last, or what they told it themselves', async () => {
  await fc.assert(
    fc.asyncProperty(...anyLife, async (steps, seed) => {
      const life = new Life(seed, 'single_opt_in');
      for (const step of steps) await life.live(step);
      await life.settle();
      const { ledger, klaviyo } = await life.outcome();
      const last = life.said.at(-1)?.kind;
      const wasLeft = steps.some((step) => step.do === 'leaveAtKlaviyo');
      if (ledger === 'granted') expect([klaviyo, last]).toEqual(['SUBSCRIBED', 'signUp']);
      if (ledger === 'denied') expect(['UNSUBSCRIBED', 'NEVER_SUBSCRIBED', undefined]).toContain(klaviyo);
      // Nobody stays unsubscribed against their last word, who did not say so to Klaviyo.
      if (last === 'signUp' && !wasLeft) expect(ledger).toBe('granted');
    }),
    often,
  );
});

it('on a list that asks for a confirmation, nobody is subscribed again without one after they opted out', async () => {
  await fc.assert(
    fc.asyncProperty(...anyLife, async (steps, seed) => {
      const life = new Life(seed, 'double_opt_in');
      for (const step of steps) await life.live(step);
      await life.settle();
      const { klaviyo } = await life.outcome();
      const lastNo = steps.findLastIndex((step) => ['optOut', 'leaveAtKlaviyo'].includes(step.do));
      const isConfirmed = steps.slice(lastNo + 1).some((step) => step.do === 'confirm');
      if (!isConfirmed) expect(['UNSUBSCRIBED', 'NEVER_SUBSCRIBED', undefined]).toContain(klaviyo);
    }),
    often,
  );
});
