import { describe, expect, test } from 'vitest';
import { eventBody, importBody, memberBody, PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';

// What takes a careless parser minutes or gigabytes takes milliseconds here. Time of the processor, since a busy machine
// makes everything slow.
const MAX_CPU_MS = 3000;
const MICROSECONDS_PER_MS = 1000;
const MAX_ANSWER_CHARS = 1_000_000;

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROSECONDS_PER_MS;
}

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const filter = (text: string) => `${PATHS.profiles}?filter=${encodeURIComponent(text)}`;
const withProfile = (attributes: object) => JSON.stringify(eventBody({ profile: { ...attributes } }));
const unknownKeys = Object.fromEntries(many(400_000, (index) => [`k${index}`, 1]));
const tooDeep = { a: { a: { a: { a: { a: { a: { a: { a: { a: {} } } } } } } } } };

const ROWS: [string, string, string, unknown][] = [
  ['100 kB of open filters', 'GET', filter('and('.repeat(25_000)), undefined],
  ['100 kB of open lists', 'GET', filter(`any(id,${'['.repeat(100_000)}`), undefined],
  ['100 kB of an operator', 'GET', filter('a'.repeat(100_000)), undefined],
  ['100 kB of blanks', 'GET', filter(`equals(${' '.repeat(100_000)}`), undefined],
  ['100 kB of a quoted value without its end', 'GET', filter(`equals(id,"${'\\\\'.repeat(50_000)}`), undefined],
  ['100 kB of a field', 'GET', filter(`equals(${'a.'.repeat(50_000)},1)`), undefined],
  ['25,000 ids in a filter', 'GET', filter(`any(shoe,[${'"a",'.repeat(25_000)}"a"])`), undefined],
  ['a cursor of 100 kB', 'GET', `${PATHS.profiles}?page[cursor]=${'a'.repeat(100_000)}`, undefined],
  ['an id of 100 kB', 'GET', `${PATHS.profiles}/${'a'.repeat(100_000)}`, undefined],
  ['an e-mail of 100 kB', 'POST', PATHS.event, withProfile({ email: 'a.'.repeat(50_000) })],
  ['an e-mail with 100 kB of domain', 'POST', PATHS.event, withProfile({ email: `a@${'a-'.repeat(50_000)}` })],
  ['a phone number of 100 kB', 'POST', PATHS.event, withProfile({ phone_number: `+${'1'.repeat(99_000)}` })],
  ['a time of 100 kB', 'POST', PATHS.event, eventBody({ time: `2026-11-01T00:00:00.${'0'.repeat(100_000)}x` })],
  ['a time of 100 kB of digits', 'POST', PATHS.event, eventBody({ time: '1'.repeat(100_000) })],
  ['400,000 unknown keys', 'POST', PATHS.event, { data: unknownKeys }],
  [
    'a key of 4 MB over a thousand mistakes',
    'POST',
    PATHS.event,
    eventBody({ properties: { ['k'.repeat(4_000_000)]: many(1000, () => tooDeep) } }),
  ],
  ['10,000 bad addresses', 'POST', PATHS.bulkImport, importBody(many(10_000, () => ({ email: 'nobody' })))],
  [
    '1,000 members of 4 kB',
    'POST',
    `${PATHS.lists}/DEMO01/relationships/profiles`,
    memberBody(many(1000, (index) => `${index}`.padEnd(4000, 'x'))),
  ],
  ['a content type of 100 kB', 'POST', PATHS.event, '{}'],
];

describe('a hostile request is refused at once, and shortly', () => {
  test.each(ROWS)('%s', async (title, method, path, body) => {
    const { send } = createTestEmulator();
    const headers = title.startsWith('a content type') ? { 'content-type': 'x/'.repeat(50_000) } : {};
    const before = process.cpuUsage();
    const reply = await send(method, path, body, headers);
    const cpuMs = cpuMsSince(before);
    const answerChars = JSON.stringify(reply.body).length;
    expect({
      refused: reply.status >= 400 && reply.status < 500,
      quick: cpuMs < MAX_CPU_MS || cpuMs,
      short: answerChars < MAX_ANSWER_CHARS || answerChars,
    }).toEqual({ refused: true, quick: true, short: true });
  });
});

describe('a large request that is right is served at once', () => {
  test('ten appends of 4,000 items to one property', async () => {
    const { send, emulator } = createTestEmulator();
    const before = process.cpuUsage();
    for (let round = 0; round < 10; round++) {
      const append = { sizes: many(4000, (index) => round * 4000 + index) };
      const reply = await send(
        'POST',
        PATHS.profileImport,
        profileBody({ email: 'a@example.com' }, { meta: { patch_properties: { append } } }),
      );
      if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
    }
    const [profile] = emulator.state().profiles;
    const cpuMs = cpuMsSince(before);
    expect([profile?.properties.sizes, cpuMs < MAX_CPU_MS || cpuMs]).toEqual([
      expect.objectContaining({ length: 40_000 }),
      true,
    ]);
  });
});
