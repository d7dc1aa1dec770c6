import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../src/ingest/parseMessage.ts';

const track = { type: 'track', event: 'Ping', anonymousId: 'anon-1', messageId: 'm1' };

async function verdict(raw: unknown) {
  const parsed = await parseMessage(raw, 'web:0');
  return parsed.ok ? parsed.id : `${parsed.code} ${parsed.path ?? '-'}`;
}

describe('a message', () => {
  it.each([
    ['of nothing', null, 'event_invalid '],
    ['that is a list', [], 'event_invalid '],
    ['without a type', { event: 'Ping' }, 'event_invalid type'],
    ['of a type that is none', { ...track, type: 'constructor' }, 'event_invalid type'],
    ['without a name', { ...track, event: undefined }, 'event_invalid event'],
    ['with a blank name', { ...track, event: '  ' }, 'event_invalid event'],
    ['with a name of 128 characters', { ...track, event: 'x'.repeat(128) }, 'event_invalid event'],
    ['with a name of 127 characters', { ...track, event: 'x'.repeat(127) }, 'm1'],
    ['with an id of 4,097 characters', { ...track, messageId: 'x'.repeat(4097) }, 'event_invalid messageId'],
    ['with a time that is none', { ...track, timestamp: 'soon' }, 'event_invalid timestamp'],
    ['with properties that are a list', { ...track, properties: [] }, 'event_invalid properties'],
    [
      'with a consent that is not one',
      { ...track, context: { consent: { categoryPreferences: { a: 'yes' } } } },
      'event_invalid context.consent',
    ],
    ['of nobody', { ...track, anonymousId: null }, 'event_invalid anonymousId'],
    ['of an address alone', { ...track, anonymousId: null, properties: { email: 'ada@example.com' } }, 'm1'],
    ['of a user alone', { ...track, anonymousId: null, userId: 42 }, 'm1'],
    ['of 33 KB', { ...track, properties: { x: 'x'.repeat(33 * 1024) } }, 'event_too_large -'],
    ['of 33 KB in characters of three bytes', { ...track, properties: { x: '€'.repeat(11_000) } }, 'event_too_large -'],
    ['of 31 KB', { ...track, properties: { x: 'x'.repeat(31 * 1024) } }, 'm1'],
  ])('%s', async (_title, raw, expected) => {
    expect(await verdict(raw)).toBe(expected);
  });

  it('nested without end is refused before anything walks it', async () => {
    expect(await verdict({ ...track, properties: JSON.parse(`${'{"x":'.repeat(50_000)}1${'}'.repeat(50_000)}`) })).toBe(
      'event_invalid ',
    );
  });

  it('cannot reach a prototype', async () => {
    const raw = JSON.parse(
      '{"type":"track","event":"Ping","anonymousId":"a","messageId":"m","properties":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    );
    const parsed = await parseMessage(raw, 'web:0');
    expect([parsed.ok, Reflect.get({}, 'polluted')]).toEqual([true, undefined]);
  });
});

describe('a message without an id', () => {
  const { messageId: _none, ...nameless } = track;
  it('gets the same one whenever the same request comes again, and another at another place', async () => {
    const ids = await Promise.all([
      parseMessage(nameless, 'web:0'),
      parseMessage({ ...nameless }, 'web:0'),
      parseMessage(nameless, 'web:1'),
    ]);
    expect([
      ids[0]?.id === ids[1]?.id,
      ids[0]?.id === ids[2]?.id,
      /^sluice-[0-9a-f]{32}$/.test(ids[0]?.id ?? ''),
    ]).toEqual([true, false, true]);
  });
});
