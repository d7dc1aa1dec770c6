import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../src/ingest/parseMessage.ts';

const track = { type: 'track', event: 'Ping', anonymousId: 'anon-1', messageId: 'm1' };

function verdict(raw: unknown) {
  const parsed = parseMessage(raw, { maxBytes: 4 });
  return parsed.ok ? parsed.message.messageId : `${parsed.code} ${parsed.path ?? '-'}`;
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
    ['with a day that there is not', { ...track, timestamp: '2026-02-31T12:00:00Z' }, 'event_invalid timestamp'],
    ['on the last of February', { ...track, timestamp: '2028-02-29T12:00:00+01:00' }, 'm1'],
    [
      'of somebody by Klaviyo’s name for an address',
      { type: 'identify', messageId: 'm1', traits: { $email: 'ada@example.com' } },
      'm1',
    ],
    ['of a date alone', { ...track, timestamp: '2026-10-31' }, 'm1'],
    ['with properties that are a list', { ...track, properties: [1] }, 'event_invalid properties'],
    ['with an empty map as PHP writes it', { ...track, properties: [], context: [] }, 'm1'],
    [
      'with a consent that is not one',
      { ...track, context: { consent: { categoryPreferences: { a: 'yes' } } } },
      'event_invalid context.consent',
    ],
    ['of nobody', { ...track, anonymousId: null }, 'event_invalid anonymousId'],
    ['of an address alone', { ...track, anonymousId: null, properties: { email: 'ada@example.com' } }, 'm1'],
    ['of a user alone', { ...track, anonymousId: null, userId: 42 }, 'm1'],
    ['of 33 KB', { ...track, properties: { x: 'x'.repeat(33 * 1024) } }, 'event_too_large properties'],
    [
      'of 33 KB in characters of three bytes',
      { ...track, properties: { x: '€'.repeat(11_000) } },
      'event_too_large properties',
    ],
    ['of 31 KB', { ...track, properties: { x: 'x'.repeat(31 * 1024) } }, 'm1'],
  ])('%s', (_title, raw, expected) => {
    expect(verdict(raw)).toBe(expected);
  });

  it('nested without end is refused before anything walks it', () => {
    const bottomless = JSON.parse(`${'{"x":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(verdict({ ...track, properties: bottomless })).toBe('event_invalid properties');
  });

  it('cannot reach a prototype', () => {
    const raw = JSON.parse(
      '{"type":"track","event":"Ping","anonymousId":"a","messageId":"m","properties":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    );
    expect([verdict(raw), Reflect.get({}, 'polluted')]).toEqual(['m', undefined]);
  });
});
