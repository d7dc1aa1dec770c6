export type { CommerceEvents } from '@sluice/shared/events';
export { createSluice } from './createSluice.ts';
export type {
  ConsentState,
  Delivered,
  Dropped,
  Sluice,
  SluiceEvents,
  SluiceOptions,
  SubscribeRequest,
  SubscribeResult,
  Traits,
  UnsubscribeRequest,
} from './types.ts';
