import { describe, expect, it } from 'vitest';
import { createId } from '../../src/lib/createId.ts';
import { isRetryable, pickRetryDelay, readRetryAfter } from '../../src/lib/pickRetryDelay.ts';
import { readCampaign } from '../../src/lib/readCampaign.ts';
import { readExchangeId } from '../../src/lib/readExchangeId.ts';

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
  const odd = ids.filter((id) => !/^\d{40}$/.test(id));
  expect({ odd, distinct: new Set(ids).size }).toEqual({ odd: [], distinct: 500 });
});

it('reads a campaign under the names of the Segment spec, and click ids under their own', () => {
  const campaigns = [
    '?utm_campaign=spring&utm_source=mail&utm_term=red%20shoes&q=1',
    '?gclid=g1&msclkid=m1&fbclid=f1&wbraid=w1',
    '?q=1',
    '',
  ].map((search) => readCampaign(new URLSearchParams(search)));
  expect(campaigns).toEqual([
    { name: 'spring', source: 'mail', term: 'red shoes' },
    { gclid: 'g1', msclkid: 'm1', fbclid: 'f1', wbraid: 'w1' },
    undefined,
    undefined,
  ]);
});

it("reads Klaviyo's exchange id from its cookie, and nothing from a damaged one", () => {
  const read = (cookie: string) => {
    // biome-ignore lint/suspicious/noDocumentCookie: klaviyo.js writes it so.
    document.cookie = `__kla_id=${cookie}`;
    return readExchangeId();
  };
  const texts = ['{"cid":"x","$exchange_id":"kx-1"}', '{"cid":"x"}', 'nonsense'];
  expect([...texts.map((text) => read(encodeURIComponent(btoa(text)))), read('%')]).toEqual([
    'kx-1',
    undefined,
    undefined,
    undefined,
  ]);
});
