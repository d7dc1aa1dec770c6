import type { SignalAnswer } from './readAnswer.ts';

/** Where nothing may be sent before a yes, and where it may until a no. */
export type RegionRule = 'optIn' | 'optOut';

/** What counts of an event's signals: Global Privacy Control first, then what all others say together. */
export type DoorSignal = 'gpc' | SignalAnswer;

/** Sent, refused as denied, or whatever the policy's `unknown` says. */
export type DoorOutcome = 'send' | 'refuse' | 'byPolicy';

/** What happens at the door to an event that needs consent. docs/consent.md is written from it. */
export const DOOR_TABLE: Readonly<Record<RegionRule, Readonly<Record<DoorSignal, DoorOutcome>>>> = {
  // Global Privacy Control is a legal opt-out in several US states; we heed it everywhere, also beside a yes.
  optIn: { gpc: 'refuse', denied: 'refuse', granted: 'send', unknown: 'byPolicy' },
  optOut: { gpc: 'refuse', denied: 'refuse', granted: 'send', unknown: 'send' },
};
