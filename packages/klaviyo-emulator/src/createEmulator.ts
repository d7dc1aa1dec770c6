import { Hono } from 'hono';
import { createClock } from './clock.ts';
import { createFaultPlan } from './control/faults.ts';
import { mountControl } from './control/mountControl.ts';
import { createRequestLog } from './control/requestLog.ts';
import { sleep } from './control/sleep.ts';
import type { Emulator } from './Emulator.ts';
import { mountApi } from './http/mountApi.ts';
import { DEFAULT_SEED, DEMO_ACCOUNT, decideSettings, type EmulatorOptions } from './options.ts';
import { mountPage } from './page/mountPage.ts';
import { createLimiter } from './rate/createLimiter.ts';
import { confirmOptIn } from './state/confirmOptIn.ts';
import { createWorld } from './state/createWorld.ts';
import { defineSegment } from './state/defineSegment.ts';
import { describeState } from './state/describeState.ts';
import { optOut } from './state/optOut.ts';
import { readSnapshot, writeSnapshot } from './state/snapshot.ts';
import { settle } from './state/tasks.ts';
import type { Account } from './state/types.ts';
import { createCourier } from './webhooks/createCourier.ts';

/**
 * A Klaviyo that lives in memory and answers `fetch`.
 * @example
 * const emulator = createEmulator({ clock: { startMs: Date.UTC(2026, 10, 1) }, visibilityDelayMs: 0 });
 * await emulator.fetch(new Request('https://a.klaviyo.com/api/lists', { headers }));
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const clock = createClock(options.clock);
  const limiter = createLimiter({ seed: options.seed ?? DEFAULT_SEED, ...options.limits });
  const faults = createFaultPlan(options.seed ?? DEFAULT_SEED);
  const log = createRequestLog(options.requestLog);
  const accounts = options.accounts ?? [DEMO_ACCOUNT];
  const beginning = () => ({ accounts, settings: decideSettings(options), nowMs: clock.now() });
  let world = options.snapshot === undefined ? createWorld(beginning()) : readSnapshot(options.snapshot, beginning());
  const changed = () => options.onChange?.();
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const deliver = createCourier({ world: () => world, clock, fetch: send, changed });

  /** What happens outside the API: to one account, at the present, seen by every watcher. */
  function act<T>(key: string | undefined, change: (account: Account, nowMs: number) => T): T | undefined {
    const nowMs = clock.now();
    settle(world, nowMs);
    const account = key === undefined ? [...world.accounts.values()][0] : world.accounts.get(key);
    const result = account && change(account, nowMs);
    world.version += 1;
    changed();
    return result;
  }

  const app = new Hono({ strict: false });
  const emulator: Emulator = {
    fetch: async (request) => app.fetch(request),
    state() {
      settle(world, clock.now());
      return describeState(world, clock.now());
    },
    requests: () => log.entries(),
    clock,
    faults,
    limits: () => limiter.options(),
    setLimits: (limits) => limiter.configure(limits),
    confirmOptIn: ({ account, ...who }) =>
      act(account, (found, nowMs) => confirmOptIn(world, found, { ...who, nowMs })) ?? 0,
    optOut: ({ account, ...who }) => act(account, (found, nowMs) => optOut(world, found, { ...who, nowMs })) ?? false,
    defineSegment: ({ account, ...segment }) =>
      act(account, (found, nowMs) => defineSegment(found, segment, nowMs)) ?? {
        ok: false,
        detail: `There is no account ${account}.`,
      },
    async tick() {
      const { version } = world;
      settle(world, clock.now());
      if (world.version > version) changed();
      await deliver();
    },
    reset() {
      // The version must go on rising, or a watching page would take the new state for the old one.
      world = { ...createWorld(beginning()), version: world.version + 1 };
      faults.replace([]);
      log.clear();
      limiter.reset();
      changed();
    },
    snapshot: () => writeSnapshot(world),
  };

  mountControl(app, emulator);
  mountPage(app, { emulator, world: () => world });
  mountApi(app, {
    world: () => world,
    clock,
    limiter,
    faults,
    log,
    changed,
    sleep: options.sleep ?? sleep,
  });
  return emulator;
}
