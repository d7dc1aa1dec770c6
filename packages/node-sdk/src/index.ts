export type { CommerceEvents } from '@sluice/shared/events';
export { createSluice } from './node/createSluice.ts';
export type {
  ConsentRequest,
  DecisionResult,
  Dropped,
  FlushResult,
  MessageOptions,
  NodeOptions,
  Problem,
  Sluice,
  SluiceEvents,
  SluiceOptions,
  SpoolOptions,
  SubscribeRequest,
  TrackResult,
  Traits,
  UnsubscribeRequest,
} from './types.ts';
