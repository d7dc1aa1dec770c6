import type { Clock } from './clock.ts';
import type { FaultPlan } from './control/faults.ts';
import type { LoggedRequest } from './control/requestLog.ts';
import type { SegmentOptions } from './options.ts';
import type { LimitOptions } from './rate/createLimiter.ts';
import type { Defined } from './state/defineSegment.ts';
import type { Snapshot } from './state/snapshot.ts';
import type { SuppressionReason } from './state/types.ts';
import type { EmulatorState } from './state/views.ts';

/** A Klaviyo in this process. */
export interface Emulator {
  /** Answers one request. Rejects only where a fault with `close` breaks the connection. */
  fetch(request: Request): Promise<Response>;
  /** Everything visible at the clock's present, as plain JSON. */
  state(): EmulatorState;
  /** The last requests under /api, oldest first. */
  requests(): readonly LoggedRequest[];
  readonly clock: Clock;
  readonly faults: FaultPlan;
  limits(): LimitOptions;
  /** Changes the named limits and keeps the others. Throws with the reason where one is wrong. */
  setLimits(limits: LimitOptions): void;
  /** Answers double opt-in requests as the person would by clicking; returns how many. Throws where there is no such account or list. */
  confirmOptIn(who: OptInAnswer): number;
  /** Something a person or a mail server does outside the API; false where Klaviyo does not know the address. Throws as above. */
  optOut(who: OptOut): boolean;
  /** Defines a segment, or replaces the one with this id; otherwise says what is wrong with it. */
  defineSegment(segment: SegmentDefinition): Defined;
  /**
   * Carries out what is due and sends every webhook the events it is owed; resolves when their answers are in, or their
   * time is up. A served emulator does this by itself. Calls that overlap send nothing twice.
   */
  tick(): Promise<void>;
  /** State as it was at the start (without a snapshot); ends faults, empties the log and the rate windows. */
  reset(): void;
  /** A copy of the state, for `EmulatorOptions.snapshot` of another emulator. */
  snapshot(): Snapshot;
}

export interface SegmentDefinition extends SegmentOptions {
  /** Public key. @default the first account */
  account?: string | undefined;
}

export type OptOut = {
  /** Public key. @default the first account */
  account?: string | undefined;
} & (EmailOptOut | SmsOptOut);

export interface EmailOptOut {
  email: string;
  phoneNumber?: undefined;
  /** @default 'UNSUBSCRIBE' */
  reason?: SuppressionReason | undefined;
  /** With UNSUBSCRIBE: from this list only. @default from everything */
  listId?: string | undefined;
}

/** A STOP by SMS. */
export interface SmsOptOut {
  phoneNumber: string;
  email?: undefined;
  reason?: undefined;
  listId?: undefined;
}

export interface OptInAnswer {
  /** Public key. @default the first account */
  account?: string | undefined;
  email?: string | undefined;
  phoneNumber?: string | undefined;
  /** @default every list that asked */
  listId?: string | undefined;
}
