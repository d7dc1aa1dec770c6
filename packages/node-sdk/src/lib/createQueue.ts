import { FIRST_PAGE_BYTES, PAGE_BYTES, PAGE_ENTRIES } from '../limits.ts';
import type { Kind } from '../types.ts';
import { createLedger, type Ledger } from './createLedger.ts';

/**
 * A stretch of the queue: texts in UTF-8, one behind the other, frozen where they were born. What waits is thus next to
 * nothing that the garbage collector has to move or trace. A page goes when its last entry was answered.
 */
interface Page {
  bytes: Uint8Array<ArrayBuffer>;
  /** How many entries it has. */
  count: number;
  /** Where each ends; it begins where the one before it does. */
  ends: Uint32Array;
  /** What each is, as its place in KINDS. */
  kinds: Uint8Array;
  /** The number of each in the store; -1 where the store does not have it. */
  numbers: Float64Array;
  ledger: Ledger;
}

/** One message or decision that waits for its answer. */
export interface Entry {
  page: Page;
  /** Which one of the page. */
  at: number;
}

export interface Bounds {
  maxEvents: number;
  maxBytes: number;
  /** Of one entry. */
  maxEntryBytes: number;
}

/** Three bytes are the most that UTF-8 needs for a unit of a string. */
const MAX_BYTES_PER_UNIT = 3;
const KINDS: readonly Kind[] = ['message', 'subscribe', 'unsubscribe', 'consent'];
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Entries in the order of their birth. Those at the head leave when they were answered. */
export function createQueue() {
  const pages: Page[] = [];
  /** Entries of the first page that have left. */
  let head = 0;
  let size = 0;
  let bytes = 0;
  let settled = 0;

  /** The last page, or a new one where it has no room. */
  const findPage = (room: number): Page => {
    const last = pages.at(-1);
    if (last && last.count < PAGE_ENTRIES && last.bytes.length - endOf(last) >= room) return last;
    const page = createPage(Math.max(pages.length === 0 ? FIRST_PAGE_BYTES : PAGE_BYTES, room));
    pages.push(page);
    return page;
  };

  return {
    size: () => size,
    bytes: () => bytes,
    /** How many were ever added, and how many of them have left. */
    added: () => settled + size,
    settled: () => settled,
    /** Takes a text in, or says which bound forbids it. */
    push(kind: Kind, text: string, bounds: Bounds): Entry | 'event_too_large' | 'queue_full' {
      if (text.length > bounds.maxEntryBytes) return 'event_too_large';
      const page = findPage(text.length * MAX_BYTES_PER_UNIT);
      const start = endOf(page);
      const { written } = encoder.encodeInto(text, page.bytes.subarray(start));
      if (written > bounds.maxEntryBytes) return 'event_too_large';
      if (size >= bounds.maxEvents || bytes + written > bounds.maxBytes) return 'queue_full';
      size++;
      bytes += written;
      const at = page.count++;
      page.ends[at] = start + written;
      page.kinds[at] = KINDS.indexOf(kind);
      page.numbers[at] = -1;
      return { page, at };
    },
    /** The entries at the head: at most so many, and no more bytes, but always one. */
    peek(maxCount: number, maxTotalBytes: number): Entry[] {
      const found: Entry[] = [];
      let total = 0;
      for (const page of pages) {
        for (let at = page === pages[0] ? head : 0; at < page.count; at++) {
          const entry = { page, at };
          total += sizeOf(entry) + 1;
          if (found.length === maxCount || (total > maxTotalBytes && found.length > 0)) return found;
          found.push(entry);
        }
      }
      return found;
    },
    /** Lets the entries at the head go. */
    shift(entries: readonly Entry[]): void {
      for (const entry of entries) bytes -= sizeOf(entry);
      size -= entries.length;
      settled += entries.length;
      const last = entries.at(-1);
      if (!last) return;
      head = last.at + 1;
      while (pages[0] !== last.page) pages.shift();
    },
  };
}

const createPage = (bytes: number): Page => ({
  bytes: new Uint8Array(bytes),
  count: 0,
  ends: new Uint32Array(PAGE_ENTRIES),
  kinds: new Uint8Array(PAGE_ENTRIES),
  numbers: new Float64Array(PAGE_ENTRIES),
  ledger: createLedger(),
});

const endOf = ({ ends, count }: Page) => ends[count - 1] ?? 0;
const startOf = ({ page, at }: Entry) => page.ends[at - 1] ?? 0;
const sizeOf = (entry: Entry) => (entry.page.ends[entry.at] as number) - startOf(entry);

export const kindOf = ({ page, at }: Entry) => KINDS[page.kinds[at] as number] as Kind;
export const bytesOf = (entry: Entry) => entry.page.bytes.subarray(startOf(entry), entry.page.ends[entry.at]);
export const readText = (entry: Entry) => decoder.decode(bytesOf(entry));
export const numberOf = ({ page, at }: Entry) => page.numbers[at] as number;

/** Notes under which number the store has an entry. */
export function keep({ page, at }: Entry, number: number): void {
  page.numbers[at] = number;
}
