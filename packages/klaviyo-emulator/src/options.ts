import { type Assumptions, DEFAULT_ASSUMPTIONS } from './assumptions.ts';
import type { ClockOptions } from './clock.ts';
import type { LimitOptions } from './rate/createLimiter.ts';

export interface ListOptions {
  id: string;
  name: string;
  /** @default 'single_opt_in' */
  optIn?: OptIn;
}

export interface SegmentOptions {
  id: string;
  name: string;
  /**
   * Who belongs to it, as a filter of Get Profiles, e.g. `equals(email,"ada@example.com")`; `properties.NAME` and
   * `subscriptions.email.marketing.consent` may be named too. @default everybody
   */
  where?: string;
}

export type OptIn = 'single_opt_in' | 'double_opt_in';

export interface KeyOptions {
  /** The private key, `pk_…`. */
  key: string;
  /** Scopes such as `events:write`. @default every scope */
  scopes?: readonly string[];
}

export interface AccountOptions {
  /** Public key, six characters; also the account's id. */
  publicKey: string;
  /** @default the public key */
  name?: string;
  keys: readonly KeyOptions[];
  lists?: readonly ListOptions[];
  segments?: readonly SegmentOptions[];
  /** Opt-in of subscriptions that name no list. @default 'single_opt_in' */
  defaultOptIn?: OptIn;
  /** Where `age_gated_date_of_birth` is required for SMS. @default false */
  ageGated?: boolean;
}

export interface EmulatorOptions {
  /** @default one account EMULAT with key pk_emulator_demo and list DEMO01 */
  accounts?: readonly AccountOptions[];
  /** @default real time, or the snapshot's */
  clock?: ClockOptions;
  /** Moves everything that Klaviyo leaves to chance: phases of windows, order of visibility, faults by probability. @default 'emulator' */
  seed?: string;
  /** Time from a 202 to its visibility, in the emulator's clock; a range is drawn from by the seed. 0 means at once. @default 250 */
  visibilityDelayMs?: number | { min: number; max: number };
  /** Time a bulk job stays queued, and then processing. 0 means at once. @default 250 */
  jobStepMs?: number;
  /** Accept and then drop addresses at example.com and test.com, as Klaviyo does. @default false */
  dropReservedDomains?: boolean;
  /** Answers to what Klaviyo's documents leave open. */
  assume?: Partial<Assumptions>;
  /**
   * How many of each every account keeps, the newest: a profile goes with its events and memberships, an event's
   * unique_id counts as new again, a job stays until its work is done. @default all
   */
  keep?: { events?: number; profiles?: number; jobs?: number };
  limits?: LimitOptions;
  /** Bounds of the request log: `maxBytes` of bodies in all, the oldest go first. @default 500, 262144 a body, 16 MB */
  requestLog?: { maxEntries?: number; maxBodyBytes?: number; maxBytes?: number };
  /**
   * A snapshot from `emulator.snapshot()`, to go on from. What it holds of an account wins, but for name, keys and
   * consent settings; accounts in `accounts` that it lacks are added; the clock goes on, unless `clock` says otherwise.
   */
  snapshot?: unknown;
  /** Called after every change of state; several may follow each other quickly. */
  onChange?: () => void;
  /** How a fault waits for its delayMs. @default setTimeout, ended early where the request is aborted */
  sleep?: (ms: number, request: AbortSignal) => Promise<void>;
  /** Carries webhooks to their receivers. @default the global fetch */
  fetch?: (request: Request) => Promise<Response>;
}

/** What the rules read: every option decided. */
export interface Settings {
  readonly seed: string;
  readonly visibilityDelayMs: { readonly min: number; readonly max: number };
  readonly jobStepMs: number;
  readonly dropReservedDomains: boolean;
  readonly assume: Assumptions;
  readonly keep: { readonly events: number; readonly profiles: number; readonly jobs: number };
}

const DEFAULT_DELAY_MS = 250;
export const DEFAULT_SEED = 'emulator';

export const DEMO_ACCOUNT: AccountOptions = {
  publicKey: 'EMULAT',
  name: 'Demo shop',
  keys: [{ key: 'pk_emulator_demo' }],
  lists: [{ id: 'DEMO01', name: 'Newsletter' }],
};

export function decideSettings(options: EmulatorOptions): Settings {
  const delay = options.visibilityDelayMs ?? DEFAULT_DELAY_MS;
  const all = Number.POSITIVE_INFINITY;
  return {
    seed: options.seed ?? DEFAULT_SEED,
    visibilityDelayMs: typeof delay === 'number' ? { min: delay, max: delay } : delay,
    jobStepMs: options.jobStepMs ?? DEFAULT_DELAY_MS,
    dropReservedDomains: options.dropReservedDomains ?? false,
    assume: { ...DEFAULT_ASSUMPTIONS, ...options.assume },
    keep: { events: all, profiles: all, jobs: all, ...options.keep },
  };
}
