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
  /** Null where there was none, it was unreadable, or more than the log keeps. */
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
const DEFAULT_BYTES = 16_000_000;

/** The last requests, oldest first; bounded in entries, in the size of a kept body, and of all kept bodies together. */
export function createRequestLog(
  bounds: { maxEntries?: number; maxBodyBytes?: number; maxBytes?: number } = {},
): RequestLog {
  const { maxEntries = DEFAULT_ENTRIES, maxBodyBytes = DEFAULT_BODY_BYTES, maxBytes = DEFAULT_BYTES } = bounds;
  let kept: LoggedRequest[] = [];
  let bytes = 0;
  let last = 0;

  const sizeOf = ({ requestBody, bodyBytes }: LoggedRequest) => (requestBody === null ? 0 : bodyBytes);

  function forgetBodies(): void {
    for (let at = 0; bytes > maxBytes; at++) {
      const entry = kept[at];
      if (!entry) return;
      bytes -= sizeOf(entry);
      // Another entry, since somebody may hold this one.
      kept[at] = { ...entry, requestBody: null };
    }
  }

  return {
    add(entry) {
      last += 1;
      const requestBody = entry.bodyBytes > maxBodyBytes ? null : entry.requestBody;
      const added = { ...entry, id: last, requestBody };
      kept.push(added);
      bytes += sizeOf(added);
      const gone = kept.splice(0, kept.length - maxEntries);
      bytes -= gone.reduce((sum, each) => sum + sizeOf(each), 0);
      forgetBodies();
    },
    // A copy: what a caller holds must not grow under its hands.
    entries: () => [...kept],
    clear() {
      kept = [];
      bytes = 0;
    },
  };
}
