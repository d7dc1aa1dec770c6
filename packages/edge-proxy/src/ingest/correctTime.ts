import { MIN_EVENT_TIME_MS } from '@sluice/shared';
import { parseInstant } from './parseInstant.ts';

/**
 * When an event happened by our clock: the client's time, shifted by how wrong its clock was when it sent.
 * Never in the future, and never before Klaviyo's earliest time. A client that says nothing means now.
 */
export function correctTime(
  timestamp: string | null | undefined,
  sentAtMs: number | undefined,
  receivedAtMs: number,
): number {
  if (!timestamp) return receivedAtMs;
  const skewMs = sentAtMs === undefined ? 0 : receivedAtMs - sentAtMs;
  return Math.max(MIN_EVENT_TIME_MS, Math.min(parseInstant(timestamp) + skewMs, receivedAtMs));
}
