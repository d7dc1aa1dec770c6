import type { ClockOptions } from './clock.ts';
import type { LimitOptions } from './rate/createLimiter.ts';

export interface ListOptions {
  id: string;
  name: string;
  /** @default 'single_opt_in' */
  optIn?: OptIn;
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
  /** Opt-in of subscriptions that name no list. @default 'single_opt_in' */
  defaultOptIn?: OptIn;
  /** Where `age_gated_date_of_birth` is required for SMS. @default false */
  ageGated?: boolean;
}

export interface EmulatorOptions {
  /** @default one account EMULAT with key pk_emulator_demo and list DEMO01 */
  accounts?: readonly AccountOptions[];
  /** @default real time */
  clock?: ClockOptions;
  /** Time from a 202 to its visibility, in the emulator's clock. 0 means at once. @default 250 */
  visibilityDelayMs?: number;
  /** Time a bulk job stays queued, and then processing. 0 means at once. @default 250 */
  jobStepMs?: number;
  /** A unique_id repeated inside one bulk request: drop the repeats, or refuse the request. @default 'discard' */
  bulkDuplicates?: 'discard' | 'reject';
  /** A bad e-mail or phone in a bulk import: refuse the request, or report it as an import error. @default 'reject' */
  bulkImportInvalid?: 'reject' | 'job';
  /** Accept and then drop addresses at example.com and test.com, as Klaviyo does. @default false */
  dropReservedDomains?: boolean;
  limits?: LimitOptions;
  /** Bounds of the request log. @default 500 entries, 262144 bytes a body */
  requestLog?: { maxEntries?: number; maxBodyBytes?: number };
  /** A snapshot from `emulator.snapshot()`, to go on from. Accounts in `accounts` that it lacks are added. */
  snapshot?: unknown;
  /** Called after every change of state; several may follow each other quickly. */
  onChange?: () => void;
  /** How a fault waits for its delayMs. @default setTimeout */
  sleep?: (ms: number) => Promise<void>;
}

/** What the rules read: every option decided. */
export interface Settings {
  readonly visibilityDelayMs: number;
  readonly jobStepMs: number;
  readonly bulkDuplicates: 'discard' | 'reject';
  readonly bulkImportInvalid: 'reject' | 'job';
  readonly dropReservedDomains: boolean;
}

export const DEMO_ACCOUNT: AccountOptions = {
  publicKey: 'EMULAT',
  name: 'Demo shop',
  keys: [{ key: 'pk_emulator_demo' }],
  lists: [{ id: 'DEMO01', name: 'Newsletter' }],
};

export function decideSettings(options: EmulatorOptions): Settings {
  return {
    visibilityDelayMs: options.visibilityDelayMs ?? 250,
    jobStepMs: options.jobStepMs ?? 250,
    bulkDuplicates: options.bulkDuplicates ?? 'discard',
    bulkImportInvalid: options.bulkImportInvalid ?? 'reject',
    dropReservedDomains: options.dropReservedDomains ?? false,
  };
}
