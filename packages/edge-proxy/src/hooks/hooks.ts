import type { JsonObject, SourceKind } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';

/** An event as hooks see it: a copy of their own, which they may write on to no effect. */
export type HookEvent = AcceptedEvent;

/** What is known besides the event. */
export interface HookFacts {
  /** Id of the source in the configuration. */
  source: string;
  kind: SourceKind;
  /** When the edge took it in, epoch milliseconds. */
  receivedAtMs: number;
}

/** What a hook may change of a Klaviyo event. Whose it is, when it was and its ids are not among it. */
export interface MappedEvent {
  /** As Klaviyo shall name it, 1 to 127 characters. */
  metric: string;
  /** Major units. */
  value?: number;
  /** ISO 4217; without a value it means nothing. */
  currency?: string;
  properties: JsonObject;
}

/**
 * A shop's own rules. They are called for each event, and synchronously: what needs the network belongs into the back
 * end that sends the event. One may be called again for an event that is sent or delivered twice, so it must answer by
 * what it is given. docs/hooks.md.
 */
export interface Hooks {
  /**
   * A consent rule of the shop's own, asked once the policy has said yes; it can refuse, never permit. Anything but
   * `true` refuses, as `consent_denied`. An event whose rule throws is refused as `internal`.
   */
  allow?(event: HookEvent, facts: HookFacts): boolean;
  /**
   * Properties to add to the event, which the event's own overrule. The same names overrule what enrichment found.
   * If it throws, the event goes without.
   */
  enrich?(event: HookEvent, facts: HookFacts): JsonObject | undefined;
  /**
   * Another form of a Klaviyo event, or null for none. Called once for each that an event becomes, an order's lines
   * included. If it throws, the event goes in the form that it had.
   */
  map?(mapped: MappedEvent, event: HookEvent): MappedEvent | null;
}
