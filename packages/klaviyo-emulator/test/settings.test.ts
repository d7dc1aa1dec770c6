import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/createEmulator.ts';
import { PLAIN_OPTIONS } from '../src/settings/options.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';

const account = (publicKey: string, key: string, rest: object = {}) => ({ publicKey, keys: [{ key }], ...rest });
const list = { id: 'L1', name: 'VIP' };

const ROWS: [unknown, string][] = [
  [{ asume: {} }, "'asume' is unknown: expected one of "],
  [{ assume: { bulkDuplicates: 'Reject' } }, `'assume.bulkDuplicates' takes "discard" or "reject", not "Reject".`],
  [{ assume: { earliestEventYear: 3000 } }, "'assume.earliestEventYear' takes 1990 or 2000, not 3000."],
  [{ assume: { maxErrors: -1 } }, "'assume.maxErrors' takes a whole number of 1 or more, or Infinity, not -1."],
  [{ assume: { webhookRetry: { firstMs: 1000 } } }, "'assume.webhookRetry.maxMs' is required."],
  [
    { assume: { webhookTimeoutMs: 2 ** 31 } },
    "'assume.webhookTimeoutMs' takes a whole number from 1 to 2147483647, not 2147483648.",
  ],
  [{ assume: { forbidden: { code: 'x' } } }, "'assume.forbidden.title' is required."],
  [{ keep: { events: Number.NaN } }, "'keep.events' takes a whole number of 0 or more, or Infinity, not NaN."],
  [{ limits: { scale: 0 } }, "'limits.scale' takes a number above 0, not 0."],
  [
    { limits: { operations: { get_acounts: {} } } },
    "'limits.operations.get_acounts' is not an operation id such as 'create_event'.",
  ],
  [
    { limits: { operations: { get_accounts: { burstPerSecond: 'many' } } } },
    `'limits.operations.get_accounts.burstPerSecond' takes a whole number of 1 or more, not "many".`,
  ],
  [{ visibilityDelayMs: 0.5 }, "'visibilityDelayMs' takes a whole number of 0 or more, not 0.5."],
  [
    { visibilityDelayMs: { min: 2, max: 1 } },
    `'visibilityDelayMs' takes a min that is not above its max, not {"min":2,"max":1}.`,
  ],
  [
    { clock: { startMs: 1e16 } },
    "'clock.startMs' takes a whole number from 0 to 253402300799999, not 10000000000000000.",
  ],
  [{ requestLog: { maxEntries: 0 } }, "'requestLog.maxEntries' takes a whole number of 1 or more, not 0."],
  [{ fetch: 1 }, "'fetch' takes a function, not 1."],
  [{ snapshot: { version: 99 } }, "The emulator's data has version 99, expected 3."],
  [{ accounts: [] }, "'accounts' takes one account or more."],
  [{ accounts: [{ publicKey: 'A' }] }, "'accounts.0.keys' is required."],
  [
    { accounts: [{ publicKey: 'A', keys: [{ key: 'k', scopes: ['everything'] }] }] },
    `'accounts.0.keys.0.scopes.0' takes a scope such as 'events:write', not "everything".`,
  ],
  [{ accounts: [account('A', 'k1'), account('A', 'k2')] }, "'accounts.1.publicKey' repeats 'accounts.0.publicKey'."],
  [{ accounts: [account('A', 'k'), account('B', 'k')] }, "'accounts.1.keys.0.key' repeats 'accounts.0.keys.0.key'."],
  [
    { accounts: [account('A', 'k', { lists: [list, list] })] },
    "'accounts.0.lists.1.id' repeats 'accounts.0.lists.0.id'.",
  ],
];

test.each(ROWS)('createEmulator(%j) throws: %s', (options, reason) => {
  // What a caller without types, or a file, may hand over.
  expect(() => createEmulator(options as object)).toThrow(reason);
});

test('the settings that the README shows are taken', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  const options = JSON.parse(json);
  expect([
    PLAIN_OPTIONS(options, ''),
    createEmulator(options)
      .state()
      .segments.map(({ id }) => id),
  ]).toEqual([undefined, ['GERMAN']]);
});

const POSTS: [string, unknown, string][] = [
  ['limits', { scale: -1 }, "'scale' takes a number above 0, not -1."],
  ['limits', { operations: { get_lists: { burst: 1 } } }, "'operations.get_lists.burst' is unknown: expected one of"],
  ['limits', { enable: true }, "'enable' is unknown: expected one of enabled, scale, seed, operations."],
  ['clock', { advanceMs: 0.5 }, "'advanceMs' takes whole milliseconds, not 0.5."],
  ['clock', { advanceMs: 1e16 }, "'advanceMs' leaves the years 1970 to 9999."],
  ['clock', { set: -1 }, "'set' takes milliseconds since 1970 or an ISO 8601 time, up to the year 9999, not -1."],
  ['clock', { frozen: false, advanceMs: 'x' }, `'advanceMs' takes whole milliseconds, not "x".`],
  ['clock', { advance: 5 }, "'advance' is unknown: expected one of frozen, set, advanceMs."],
  ['clock', [], 'Expected an object, not [].'],
  ['confirm', {}, "Give 'email' or 'phone_number'."],
  ['confirm', { email: 'ada@example.com', lists: 'DEMO01' }, "'lists' is unknown"],
  ['confirm', { email: 'ada@example.com', list: 'DEMO02' }, 'Account EMULAT has no list DEMO02.'],
  ['confirm', { email: 'ada@example.com', account: 'NOBODY' }, 'There is no account NOBODY.'],
  ['optout', {}, "Give 'email' or 'phone_number'."],
  ['optout', { email: 'ada@example.com', phone_number: '+12025550123' }, "Give 'email' or 'phone_number'."],
  ['optout', { phone_number: '+12025550123', list: 'DEMO01' }, "'reason' and 'list' go with 'email' only."],
  ['optout', { email: 'ada@example.com', list: 'DEMO02' }, 'Account EMULAT has no list DEMO02.'],
  ['optout', { email: 'ada@example.com', account: 'NOBODY' }, 'There is no account NOBODY.'],
  ['optout', { email: 'ada@example.com', list_id: 'DEMO01' }, "'list_id' is unknown"],
  [
    'optout',
    { email: 'ada@example.com', list: 'DEMO01', reason: 'HARD_BOUNCE' },
    "'list' goes with the reason UNSUBSCRIBE only.",
  ],
];

test.each(POSTS)('POST /__emulator/%s %j is 400: %s', async (name, body, reason) => {
  const { send, emulator } = createTestEmulator();
  const before = [emulator.clock.now(), emulator.clock.isFrozen(), emulator.limits()];
  const reply = await send('POST', `/__emulator/${name}`, body);
  const after = [emulator.clock.now(), emulator.clock.isFrozen(), emulator.limits()];
  expect([reply.status, reply.body.error, after]).toEqual([400, expect.stringContaining(reason), before]);
});

describe('in process', () => {
  test('a clock takes whole milliseconds of the years 1970 to 9999, and is unharmed by others', () => {
    const { clock } = createTestEmulator().emulator;
    const before = clock.now();
    const moves = [
      () => clock.advance(0.5),
      () => clock.advance(1e16),
      () => clock.set(-1),
      () => clock.set(Number.NaN),
    ];
    const thrown = moves.map((move) => {
      try {
        return move();
      } catch (error) {
        return error instanceof RangeError;
      }
    });
    expect([thrown, clock.now()]).toEqual([[true, true, true, true], before]);
  });

  test('a clock shows whole milliseconds, whatever its source shows', () => {
    const { clock } = createEmulator({ clock: { source: () => 1000.7 } });
    clock.advance(5);
    expect(clock.now()).toBe(1005);
  });

  test('limits, and people of accounts and lists that are not there, throw', () => {
    const { emulator } = createTestEmulator();
    expect(
      [
        () => emulator.setLimits({ operations: { get_list: { perDay: 0 } } }),
        () => emulator.optOut({ email: 'ada@example.com', listId: 'DEMO02' }),
        () => emulator.confirmOptIn({ email: 'ada@example.com', account: 'NOBODY' }),
      ].map((act) => expect(act).toThrow(TypeError)),
    ).toHaveLength(3);
  });
});
