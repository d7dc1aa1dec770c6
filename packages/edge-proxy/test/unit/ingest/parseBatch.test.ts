import { isJsonObject, type JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { fillDefaults } from '../../../src/ingest/fillDefaults.ts';
import { parseBatch } from '../../../src/ingest/parseBatch.ts';

const context = { consent: { categoryPreferences: { marketing: false } }, locale: 'nb-NO' };

function messagesOf(body: JsonObject, type?: 'track') {
  const parsed = parseBatch(body, type);
  if (!parsed.ok) return parsed.code;
  return parsed.messages.map((message) => (isJsonObject(message) ? fillDefaults(message, parsed.defaults) : message));
}

describe('the envelope of a batch', () => {
  it('lends its defaults to every message, and each message its own words', () => {
    const batch = [{ event: 'A' }, { event: 'B', anonymousId: 'own', userId: null, context: { locale: 'de' } }];
    expect(messagesOf({ batch, anonymousId: 'anon', userId: 'user', context })).toEqual([
      { event: 'A', anonymousId: 'anon', userId: 'user', context },
      { event: 'B', anonymousId: 'own', userId: 'user', context: { ...context, locale: 'de' } },
    ]);
  });

  it.each([[null], [[]]])('is not robbed of its consent by a message whose context is %j', (own) => {
    expect(messagesOf({ batch: [{ event: 'A', context: own }], context })).toMatchObject([{ context }]);
  });

  it('takes the time of a message under RudderStack’s name where Segment’s is missing', () => {
    const batch = [{ originalTimestamp: 'then' }, { timestamp: 'now', originalTimestamp: 'then' }];
    expect(messagesOf({ batch })).toMatchObject([{ timestamp: 'then' }, { timestamp: 'now' }]);
  });

  it('leaves what is no object to be rejected alone', () => {
    expect(messagesOf({ batch: [null, 1, 'x', [], { event: 'A', context: 'x' }], context })).toEqual([
      null,
      1,
      'x',
      [],
      { event: 'A', context: 'x', anonymousId: null, userId: null },
    ]);
  });

  it('of a single route is the message itself, under the type of the route', () => {
    expect(messagesOf({ event: 'A', type: 'page', anonymousId: 'a' }, 'track')).toMatchObject([
      { event: 'A', type: 'track', anonymousId: 'a' },
    ]);
  });

  it('leaves the ids and the time that it lends to be judged in each message', () => {
    const body = { batch: [{ event: 'A' }, { event: 'B', userId: 'own' }], userId: [], sentAt: 'yesterday' };
    expect([parseBatch(body, undefined), messagesOf(body)]).toMatchObject([
      { ok: true, sentAt: undefined },
      [{ userId: [] }, { userId: 'own' }],
    ]);
  });

  it.each([
    ['null', null, { marketing: false }],
    ['empty', {}, { marketing: false }],
    ['of no category', { categoryPreferences: null }, { marketing: false }],
    ['about another category', { categoryPreferences: { analytics: true } }, { marketing: false, analytics: true }],
    ['about the same category', { categoryPreferences: { marketing: true } }, { marketing: true }],
    [
      'with a prototype of its own',
      JSON.parse('{"categoryPreferences":{"__proto__":{"marketing":true}}}'),
      { marketing: false },
    ],
  ])('keeps its refusal beside a consent of the message that is %s', (_title, consent, expected) => {
    const [message] = messagesOf({ batch: [{ event: 'A', context: { consent } }], context }) as (JsonObject & {
      context: { consent: { categoryPreferences: JsonObject } };
    })[];
    expect({ ...message?.context.consent.categoryPreferences }).toMatchObject(expected);
  });

  it.each([
    ['no batch', {}, 'body_malformed'],
    ['a batch that is no list', { batch: {} }, 'body_malformed'],
    ['a context that is no object', { batch: [], context: [1] }, 'body_malformed'],
    ['more than 1,000 messages', { batch: Array.from({ length: 1001 }, () => null) }, 'body_too_large'],
    // Copied into a thousand messages and measured in each, it would cost seconds.
    [
      'a context that would unfold to megabytes',
      { batch: Array.from({ length: 100 }, () => ({})), context: { x: 'x'.repeat(21_000) } },
      'body_too_large',
    ],
    ['a context nested without end', { batch: [{}], context: nest(100_000) }, 'body_too_large'],
  ])('with %s is refused', (_title, body, code) => {
    expect(messagesOf(body as JsonObject)).toBe(code);
  });
});

function nest(depth: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 0; level < depth; level++) value = { x: value };
  return value;
}
