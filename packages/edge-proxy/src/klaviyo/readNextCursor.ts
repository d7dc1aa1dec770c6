import { isJsonObject } from '@sluice/shared';

/** Where the next page of a collection begins; undefined after the last. */
export function readNextCursor(json: unknown): string | undefined {
  const next = isJsonObject(json) && isJsonObject(json.links) ? json.links.next : undefined;
  return typeof next === 'string'
    ? (new URL(next, 'https://a.klaviyo.com').searchParams.get('page[cursor]') ?? undefined)
    : undefined;
}
