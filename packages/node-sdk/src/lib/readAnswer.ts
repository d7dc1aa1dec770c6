import type { TrackResult } from '../types.ts';
import type { Entry } from './createQueue.ts';
import type { Answer, Rejected } from './post.ts';

/** What a final answer means for each entry of its request. */
export function readAnswer({ status, data }: Answer, entries: readonly Entry[]): TrackResult[] {
  const ids = entries.map(({ id }) => id);
  if (status >= 300) {
    const { code = `http_${status}`, message = '' } = Object(data.error) as { code?: unknown; message?: unknown };
    return ids.map((messageId) => ({ ok: false, messageId, reason: String(code), message: String(message) }));
  }
  const results: TrackResult[] = ids.map((messageId) => ({ ok: true, messageId }));
  // From the network: whatever shape it has, it must not throw.
  for (const rejected of Array.isArray(data.rejected) ? data.rejected : []) {
    const { index, code, path } = Object(rejected) as Partial<Rejected>;
    const messageId = ids[index ?? -1];
    if (index !== undefined && messageId !== undefined)
      results[index] = { ok: false, messageId, reason: String(code), ...(typeof path === 'string' && { path }) };
  }
  return results;
}
