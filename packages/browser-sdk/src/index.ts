export type { CommerceEvents } from '@sluice/shared/events';
export { createSluice } from './createSluice.ts';
export type {
  ConsentState,
  Dropped,
  Sluice,
  SluiceOptions,
  SubscribeRequest,
  SubscribeResult,
  Traits,
} from './types.ts';
