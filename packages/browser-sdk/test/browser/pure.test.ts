import { describe, expect, it } from 'vitest';
import { createUuid } from '../../src/lib/createUuid.ts';
import { decideConsent, decidePermission } from '../../src/lib/decideConsent.ts';
import { pickRetryDelay, readRetryAfter } from '../../src/lib/pickRetryDelay.ts';
import { isRetryable } from '../../src/lib/post.ts';
import { readCampaign } from '../../src/lib/readContext.ts';

describe('decideConsent', () => {
  const both = ['marketing', 'analytics'];
  it.each([
    [{}, ['marketing'], false, 'unknown'],
    [{ marketing: true }, ['marketing'], false, 'granted'],
    [{ marketing: false }, ['marketing'], false, 'denied'],
    [{ marketing: true }, ['marketing'], true, 'denied'],
    [{ marketing: true }, both, false, 'unknown'],
    [{ marketing: true, analytics: false }, both, false, 'denied'],
    [{ marketing: true, analytics: true }, both, false, 'granted'],
    [{ analytics: true }, ['marketing'], false, 'unknown'],
    [{ marketing: 'yes' }, ['marketing'], false, 'unknown'],
    [{}, [], false, 'granted'],
    [{}, [], true, 'denied'],
  ] as const)('%j, needing %j, GPC %s: %s', (preferences, required, gpc, state) => {
    expect(decideConsent(preferences, [...required], gpc)).toBe(state);
  });
});

it('takes no decision for a grant in opt-out mode, and nothing else for one', () => {
  const table = (['granted', 'unknown', 'denied'] as const).map((state) => [
    decidePermission(state, false),
    decidePermission(state, true),
  ]);
  expect(table).toEqual([
    ['granted', 'granted'],
    ['unknown', 'granted'],
    ['denied', 'denied'],
  ]);
});

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

it('leaves the matter open on no answer, 408, 429 and 5xx only', () => {
  const open = [0, 200, 202, 400, 401, 403, 404, 408, 413, 422, 429, 499, 500, 503, 599].filter(isRetryable);
  expect(open).toEqual([0, 408, 429, 500, 503, 599]);
});

it('draws UUIDs of version 4, each its own', () => {
  const ids = Array.from({ length: 500 }, createUuid);
  const odd = ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id));
  expect({ odd, distinct: new Set(ids).size }).toEqual({ odd: [], distinct: 500 });
});

it('reads a campaign under the names of the Segment spec', () => {
  const campaigns = ['?utm_campaign=spring&utm_source=mail&utm_term=red%20shoes&q=1', '?q=1', ''].map(readCampaign);
  expect(campaigns).toEqual([{ name: 'spring', source: 'mail', term: 'red shoes' }, undefined, undefined]);
});
