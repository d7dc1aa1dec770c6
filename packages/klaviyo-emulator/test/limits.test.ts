import { describe, expect, test } from 'vitest';
import { TIERS } from '../src/limits.ts';
import { createLimiter } from '../src/rate/createLimiter.ts';
import { PATHS } from './support/bodies.ts';
import { createTestEmulator, errorsOf, START_MS } from './support/createTestEmulator.ts';

const bucket = { account: 'EMULAT', operation: 'get_accounts', tier: 'XS' } as const;

/** Calls each millisecond for a time, and counts what got through. */
function hammer(tier: keyof typeof TIERS, forMs: number, options = {}) {
  const limiter = createLimiter(options);
  let allowed = 0;
  for (let at = START_MS; at < START_MS + forMs; at++) if (limiter.take({ ...bucket, tier }, at).allowed) allowed += 1;
  return allowed;
}

describe('rate limits', () => {
  test.each([
    ['XS', 1, 15],
    ['S', 3, 60],
    ['M', 10, 150],
    ['L', 75, 700],
    ['XL', 350, 3500],
  ] as const)('tier %s is %i a second and %i a minute', (tier, burst, steady) => {
    expect(TIERS[tier]).toEqual({ burstPerSecond: burst, steadyPerMinute: steady });
  });

  test('a minute of hammering touches two windows, never more than two minutes worth', () => {
    const allowed = hammer('M', 60_000);
    expect(allowed).toBeGreaterThanOrEqual(150);
    expect(allowed).toBeLessThanOrEqual(300);
  });

  test('the phase of a window differs between operations, so nobody can count on a whole minute', () => {
    const limiter = createLimiter();
    const resets = ['create_event', 'get_events', 'get_lists', 'get_profiles'].map((operation) => {
      const permit = limiter.take({ ...bucket, operation, tier: 'L' }, START_MS);
      return permit.allowed ? permit.headers['RateLimit-Reset'] : 'refused';
    });
    expect(new Set(resets).size).toBeGreaterThan(1);
  });

  test('can be scaled and switched off', () => {
    expect([hammer('XS', 500, { scale: 2 }) >= 2, hammer('XS', 500, { enabled: false })]).toEqual([true, 500]);
  });

  test('a refused call is 429 with Retry-After alone; an answered one carries the steady window', async () => {
    const { send, emulator } = createTestEmulator({
      limits: { operations: { get_lists: { burstPerSecond: 5, steadyPerMinute: 2 } } },
    });
    const replies = [await send('GET', PATHS.lists), await send('GET', PATHS.lists), await send('GET', PATHS.lists)];
    const shown = replies.map(({ status, headers }) => [
      status,
      headers.get('ratelimit-limit'),
      headers.get('ratelimit-remaining'),
      headers.has('retry-after'),
    ]);
    const waitSeconds = Number(replies[2]?.headers.get('retry-after'));
    emulator.clock.advance(waitSeconds * 1000);
    const after = await send('GET', PATHS.lists);
    expect({ shown, errors: replies[2] && errorsOf(replies[2]), after: after.status }).toEqual({
      shown: [
        [200, '2', '1', false],
        [200, '2', '0', false],
        [429, null, null, true],
      ],
      errors: ['429 throttled /data/'],
      after: 200,
    });
  });

  test('profile_count draws on a second, smaller bucket', async () => {
    const { send } = createTestEmulator({ limits: {} });
    const path = `${PATHS.lists}/DEMO01?additional-fields[list]=profile_count`;
    const replies = [await send('GET', path), await send('GET', path), await send('GET', `${PATHS.lists}/DEMO01`)];
    expect(replies.map(({ status }) => status)).toEqual([200, 429, 200]);
  });

  test('every account has its own windows', () => {
    const limiter = createLimiter();
    const take = (account: string) => limiter.take({ ...bucket, account }, START_MS).allowed;
    expect([take('A'), take('A'), take('B')]).toEqual([true, false, true]);
  });

  test('only 150 lists may be created a day', async () => {
    const limiter = createLimiter();
    const lists = { account: 'A', operation: 'create_list', tier: 'listCreation' } as const;
    let created = 0;
    for (let minute = 0; minute < 200; minute++)
      if (limiter.take(lists, START_MS + minute * 60_000).allowed) created += 1;
    expect(created).toBe(150);
  });
});
