import { DERIVED_METRICS } from '@sluice/shared';
import type { Draft, TrackFacts } from './draft.ts';

/** Active on Site, sent by name: once a session where the sender says which it is. */
export function draftActive({ properties, messageKey, sessionId }: TrackFacts): Draft[] {
  return [{ metric: DERIVED_METRICS.session, uniqueId: sessionId ?? messageKey, properties }];
}
