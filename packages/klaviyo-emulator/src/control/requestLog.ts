import type { SteadyWindow } from '../rate/rateHeaders.ts';

export interface LoggedRequest {
  /** Rises by one; ask for what is newer with `?since=`. */
  id: number;
  time: string;
  account: string | null;
  /** Operation id; null for a path or method that Klaviyo does not have. */
  operation: string | null;
  method: string;
  /** With its query. */
  path: string;
  status: number;
  /** True when a planned fault hit it. */
  fault: boolean;
  /** What the call left of the operation's steady window; null where no limit was asked. */
  rateLimit: SteadyWindow | null;
  /** Events, profiles or ids in the body. */
  items: number;
  bodyBytes: number;
  /** Null where there was none, it was unreadable, or larger than the log keeps. */
  requestBody: unknown;
  /** Codes and pointers of an error answer. */
  errors: { code: string; pointer: string | null }[];
}

export interface RequestLog {
  add(entry: Omit<LoggedRequest, 'id'>): void;
  entries(): readonly LoggedRequest[];
  clear(): void;
}

const DEFAULT_ENTRIES = 500;
const DEFAULT_BODY_BYTES = 262_144;

/** The last requests, oldest first; bounded in entries and in the size of a kept body. */
export function createRequestLog(bounds: { maxEntries?: number; maxBodyBytes?: number } = {}): RequestLog {
  const maxEntries = bounds.maxEntries ?? DEFAULT_ENTRIES;
  const maxBodyBytes = bounds.maxBodyBytes ?? DEFAULT_BODY_BYTES;
  let kept: LoggedRequest[] = [];
  let last = 0;
  return {
    add(entry) {
      last += 1;
      const requestBody = entry.bodyBytes > maxBodyBytes ? null : entry.requestBody;
      kept.push({ ...entry, id: last, requestBody });
      if (kept.length > maxEntries) kept = kept.slice(-maxEntries);
    },
    // A copy: what a caller holds must not grow under its hands.
    entries: () => [...kept],
    clear() {
      kept = [];
    },
  };
}
