import type { TrackResult } from '../types.ts';
import type { Entry } from './createQueue.ts';
import type { Answer } from './post.ts';

/** What a final answer means for each entry of its request. */
export function readAnswer({ status, data }: Answer, entries: readonly Entry[]): TrackResult[] {
  const ids = entries.map(({ id }) => id);
  if (status >= 300) {
    const { code = `http_${status}`, message = '' } = data.error ?? {};
    return ids.map((messageId) => ({ ok: false, messageId, reason: code, message }));
  }
  const results: TrackResult[] = ids.map((messageId) => ({ ok: true, messageId }));
  for (const { index, code, path } of data.rejected ?? []) {
    const messageId = ids[index];
    if (messageId !== undefined)
      results[index] = { ok: false, messageId, reason: code, ...(path !== undefined && { path }) };
  }
  return results;
}
