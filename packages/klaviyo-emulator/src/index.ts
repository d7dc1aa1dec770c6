export { type Assumptions, DEFAULT_ASSUMPTIONS, type Wording } from './assumptions.ts';
export type { Clock, ClockOptions } from './clock.ts';
export type { Fault, FaultPlan } from './control/faults.ts';
export type { LoggedRequest } from './control/requestLog.ts';
export { createEmulator } from './createEmulator.ts';
export type { Emulator, OptInAnswer, OptOut, SegmentDefinition } from './Emulator.ts';
export { ConnectionClosed } from './http/ConnectionClosed.ts';
export type { Rate } from './limits.ts';
export type { AccountOptions, EmulatorOptions, KeyOptions, ListOptions, OptIn, SegmentOptions } from './options.ts';
export { DEMO_ACCOUNT } from './options.ts';
export type { LimitOptions } from './rate/createLimiter.ts';
export type { SteadyWindow } from './rate/rateHeaders.ts';
export type { Snapshot } from './state/snapshot.ts';
export type { ChannelName, Consent, SuppressionReason } from './state/types.ts';
export type {
  ChannelView,
  DroppedView,
  EmulatorState,
  EventView,
  JobView,
  ListView,
  ProfileView,
  SegmentView,
  WebhookView,
} from './state/views.ts';
