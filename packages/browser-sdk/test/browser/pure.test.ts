import { describe, expect, it } from 'vitest';
import { createId } from '../../src/lib/createId.ts';
import { isRetryable, pickRetryDelay, readRetryAfter } from '../../src/lib/pickRetryDelay.ts';
import { readCookie } from '../../src/lib/readCookie.ts';

describe('readRetryAfter', () => {
  const nowMs = Date.parse('2026-03-01T12:00:00Z');
  it.each([
    ['3', 3000],
    ['0.5', 500],
    ['Sun, 01 Mar 2026 12:00:10 GMT', 10_000],
    ['Sun, 01 Mar 2026 11:59:00 GMT', 0],
    ['0', 0],
    ['-5', 0],
    ['soon', 0],
    ['', 0],
    [null, 0],
    ['999999999', 86_400_000],
  ])('%j is %i ms', (header, delayMs) => {
    expect(readRetryAfter(header, nowMs)).toBe(delayMs);
  });
});

it('doubles the limit of the retry delay from 1 s to 5 minutes, and takes any part of it', () => {
  const limits = [0, 1, 2, 8, 9, 50].map((attempt) => pickRetryDelay(attempt, 1));
  expect([...limits, pickRetryDelay(3, 0.5), pickRetryDelay(3, 0)]).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000, 4000, 0,
  ]);
});

it('leaves the matter open on no answer, an unknown key or origin, 408, 429 and 5xx only', () => {
  const statuses = [0, 200, 202, 400, 401, 403, 404, 408, 413, 422, 429, 499, 500, 503, 599];
  const open = statuses.filter((status) => isRetryable(status));
  const ofSignUps = statuses.filter((status) => isRetryable(status, true));
  expect({ open, ofSignUps }).toEqual({
    open: [0, 401, 403, 408, 429, 500, 503, 599],
    ofSignUps: [0, 408, 429, 500, 503, 599],
  });
});

it('draws ids of 128 bits, each its own', () => {
  const ids = Array.from({ length: 500 }, createId);
  const odd = ids.filter((id) => !/^\d{28,40}$/.test(id));
  expect({ odd, distinct: new Set(ids).size }).toEqual({ odd: [], distinct: 500 });
});

it('reads a cookie among others, and nothing where there is none', () => {
  for (const cookie of ['first=1', '__kla_id=abc%3D', 'last=2']) {
    // biome-ignore lint/suspicious/noDocumentCookie: klaviyo.js writes it so.
    document.cookie = cookie;
  }
  expect([readCookie('__kla_id'), readCookie('other')]).toEqual(['abc%3D', undefined]);
});
