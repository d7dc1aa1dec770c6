export type { CommerceEvents } from '@sluice/shared/events';
export { createSluice } from './createSluice.ts';
export type {
  ConsentRequest,
  CoreOptions,
  DecisionResult,
  Dropped,
  FlushResult,
  Kind,
  MessageOptions,
  Problem,
  Sluice,
  SluiceEvents,
  SluiceOptions,
  Store,
  StoredEntry,
  SubscribeRequest,
  TrackResult,
  Traits,
  UnsubscribeRequest,
} from './types.ts';
