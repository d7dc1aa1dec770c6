import { Hono } from 'hono';
import { createClock } from './clock.ts';
import { createFaultPlan } from './control/faults.ts';
import { mountControl } from './control/mountControl.ts';
import { refuseStrangers } from './control/refuseStrangers.ts';
import { createRequestLog } from './control/requestLog.ts';
import { sleep } from './control/sleep.ts';
import type { Emulator } from './Emulator.ts';
import { mountApi } from './http/mountApi.ts';
import { DEFAULT_SEED, DEMO_ACCOUNT, decideSettings, type EmulatorOptions } from './options.ts';
import { mountPage } from './page/mountPage.ts';
import { createLimiter } from './rate/createLimiter.ts';
import { LIMITS } from './settings/limits.ts';
import { mustBe } from './settings/mustBe.ts';
import { EMULATOR_OPTIONS } from './settings/options.ts';
import { confirmOptIn } from './state/confirmOptIn.ts';
import { createWorld } from './state/createWorld.ts';
import { defineSegment } from './state/defineSegment.ts';
import { describeState } from './state/describeState.ts';
import { findPlace, type Place } from './state/findPlace.ts';
import { optOut } from './state/optOut.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from './state/snapshot.ts';
import { settle } from './state/tasks.ts';
import type { Account } from './state/types.ts';
import { createCourier } from './webhooks/createCourier.ts';

export interface OpenedEmulator {
  readonly emulator: Emulator;
  /** The state itself, for who writes it down at once; `emulator.snapshot()` is a copy. */
  snapshot(): Snapshot;
}

interface Insides {
  /** State to go on from, which is the emulator's own from then on. */
  kept?: Snapshot | undefined;
  /** The hosts of the control routes and the page. @default every host */
  isOwnHost?: (hostname: string) => boolean;
}

/** The wiring of an emulator. Throws with the reason where an option is wrong. */
export function openEmulator(options: EmulatorOptions, { kept, isOwnHost }: Insides = {}): OpenedEmulator {
  mustBe(EMULATOR_OPTIONS, options);
  const changed = () => options.onChange?.();
  const clock = createClock(options.clock, { kept: kept?.clock, moved: changed });
  const limiter = createLimiter({ seed: options.seed ?? DEFAULT_SEED, ...options.limits });
  const faults = createFaultPlan(options.seed ?? DEFAULT_SEED);
  const log = createRequestLog(options.requestLog);
  const accounts = options.accounts ?? [DEMO_ACCOUNT];
  const beginning = () => ({ accounts, settings: decideSettings(options), nowMs: clock.now() });
  let world = kept === undefined ? createWorld(beginning()) : readSnapshot(kept, beginning());
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const deliver = createCourier({ world: () => world, clock, fetch: send, changed });
  const snapshot = () => writeSnapshot(world, clock.state());

  /** Whoever looks may find done what was due before. */
  function watch<T>(work: (nowMs: number) => T): T {
    const { version } = world;
    settle(world, clock.now());
    const result = work(clock.now());
    if (world.version > version) changed();
    return result;
  }

  /** What happens outside the API: to one account, at the present. Throws where there is no such account or list. */
  function act<T>(place: Place, change: (account: Account, nowMs: number) => T): T {
    const found = findPlace(world, place);
    if (!found.ok) throw new TypeError(found.detail);
    return watch((nowMs) => {
      world.version += 1;
      return change(found.account, nowMs);
    });
  }

  const app = new Hono({ strict: false });
  const emulator: Emulator = {
    fetch: async (request) => app.fetch(request),
    state: () => watch((nowMs) => describeState(world, nowMs)),
    requests: () => log.entries(),
    clock,
    faults,
    limits: () => limiter.options(),
    setLimits(limits) {
      mustBe(LIMITS, limits);
      limiter.configure(limits);
    },
    confirmOptIn: (who) => act(who, (account, nowMs) => confirmOptIn(world, account, { ...who, nowMs })),
    optOut: (who) => act(who, (account, nowMs) => optOut(world, account, { ...who, nowMs })),
    defineSegment({ account, ...segment }) {
      const found = findPlace(world, { account });
      return found.ok ? act({ account }, (owner, nowMs) => defineSegment(owner, segment, nowMs)) : found;
    },
    async tick() {
      watch(() => {});
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
    snapshot: () => structuredClone(snapshot()),
  };

  refuseStrangers(app, isOwnHost);
  mountControl(app, { emulator, findPlace: (place) => findPlace(world, place) });
  mountPage(app, { emulator, watch: (look) => watch(() => look(world)) });
  mountApi(app, { world: () => world, clock, limiter, faults, log, changed, sleep: options.sleep ?? sleep });
  return { emulator, snapshot };
}
