import type { JsonObject } from '@sluice/shared';

/** Segment has no event for a fulfilled order, so shops send an update that says so; other updates are nobody's metric. */
export function isFulfilled(event: string, properties: JsonObject | null | undefined): boolean {
  const status = event === 'Order Updated' ? properties?.fulfillment_status : undefined;
  return typeof status === 'string' && status.trim().toLowerCase() === 'fulfilled';
}
