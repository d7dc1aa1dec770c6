import type { Json, JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { boundId } from '../../../src/map/clean/boundId.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept } from './support/accept.ts';
import { mapOne, mapProperties } from './support/mapOne.ts';
import { makeSettings } from './support/settings.ts';

const bytes = (value: Json | undefined) => new TextEncoder().encode(String(value)).length;

function levelsOf(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

describe("Klaviyo's limits", () => {
  it('cuts a text at 100 KB without splitting a character', () => {
    const { ascii, emoji } = mapProperties({ ascii: 'a'.repeat(100_001), emoji: `a${'😀'.repeat(30_000)}` });
    expect([bytes(ascii), bytes(emoji), String(emoji).endsWith('😀')]).toEqual([100_000, 99_997, true]);
  });

  it('keeps the first 4000 items of an array', () => {
    const { list } = mapProperties({ list: Array.from({ length: 4001 }, (_, index) => index) });
    expect((list as number[]).at(-1)).toBe(3999);
  });

  it('counts the levels of an added product where it ends, two deeper than it came', () => {
    const nested = JSON.parse(`${'['.repeat(9)}1${']'.repeat(9)}`);
    const properties = { product_id: 'p-1', quantity: nested };
    const item = mapOne({ type: 'track', event: 'Product Added', messageId: 'm', anonymousId: 'a', properties });
    expect([levelsOf(properties), levelsOf(item.properties)]).toEqual([10, 10]);
  });

  it('counts the levels of a company’s traits where they end, one deeper than they came', () => {
    const nested = JSON.parse(`${'['.repeat(9)}1${']'.repeat(9)}`);
    const traits = { nested };
    const [item] = mapEvent(
      accept({ type: 'group', messageId: 'm', groupId: 'g', traits, context: { traits: { email: 'a@example.com' } } }),
      makeSettings({ trusted: true }),
    );
    const properties = item?.lane === 'profiles' ? item.attributes.properties : undefined;
    expect([levelsOf(traits), levelsOf(properties as JsonObject)]).toEqual([10, 10]);
  });

  it('keeps the first 400 properties, Klaviyo’s own before them', () => {
    const many: JsonObject = Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`p${index}`, index]));
    const item = mapOne({
      type: 'track',
      event: 'Product Viewed',
      messageId: 'm',
      anonymousId: 'a',
      properties: { ...many, product_id: 'p-1' },
    });
    const keys = Object.keys(item.properties);
    expect([keys.length, keys[0], keys.slice(-2), item.properties.SluiceCut]).toEqual([
      400,
      'ProductID',
      ['p397', 'SluiceCut'],
      ['properties: the last 52 left out, 400 are the most'],
    ]);
  });

  it('leaves out what nests deeper than 10', () => {
    const nest = (depth: number): Json => (depth === 0 ? 'end' : { in: nest(depth - 1) });
    const depthOf = (value: Json | undefined): number =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
        : 0;
    expect([8, 9, 10, 5000].map((depth) => depthOf(mapProperties({ top: nest(depth) })))).toEqual([9, 10, 10, 10]);
  });

  it('writes integers beyond 64 bits as text', () => {
    expect(mapProperties({ big: 1e20, large: 2 ** 53 })).toEqual({ big: '100000000000000000000', large: 2 ** 53 });
  });

  it('keeps metric names below 128 characters', () => {
    const item = mapOne(
      { type: 'track', event: 'Ping', messageId: 'm', anonymousId: 'a' },
      { events: { names: { Ping: 'x'.repeat(200) } } },
    );
    expect(item.metric).toHaveLength(127);
  });

  it('fits long ids into 255 characters, the same each time and different for different ids', () => {
    const start = 'o'.repeat(260);
    const ids = [boundId(`${start}1`), boundId(`${start}1`), boundId(`${start}2`)];
    expect([ids.map((id) => id.length), ids[0] === ids[1], ids[1] === ids[2]]).toEqual([[255, 255, 255], true, false]);
  });

  it('leaves an id of 255 characters alone', () => {
    expect(boundId('o'.repeat(255))).toBe('o'.repeat(255));
  });

  it('tells what was cut, where, without a word of what it said', () => {
    const nest = (depth: number): Json => (depth === 0 ? 'secret' : { in: nest(depth - 1) });
    const { SluiceCut } = mapProperties({
      note: 'secret'.repeat(20_000),
      list: Array.from({ length: 4003 }, () => 'secret'),
      deep: nest(12),
      crowd: Object.fromEntries(Array.from({ length: 402 }, (_, index) => [`k${index}`, 1])),
    });
    expect(SluiceCut).toEqual([
      'note: cut at 100 KB',
      'list: the last 3 left out, 4000 are the most',
      'deep.in.in.in.in.in.in.in.in.in: left out, 10 is the deepest',
      'crowd: the last 2 left out, 400 are the most',
    ]);
  });

  it('tells ten cuts and then how many more', () => {
    const hostile = JSON.parse(`[${Array.from({ length: 13 }, () => '{"__proto__":1}').join()}]`);
    const { SluiceCut } = mapProperties({ ['k'.repeat(200)]: hostile });
    expect([(SluiceCut as string[]).length, (SluiceCut as string[])[0]?.length, (SluiceCut as string[])[10]]).toEqual([
      11,
      `${'k'.repeat(100)}: this key is not sent`.length,
      'and 3 more',
    ]);
  });

  it('makes no copy of nested values under a key that is too long, nor over a key that is there', () => {
    const { long, ...rest } = mapProperties({
      long: { ['k'.repeat(200)]: 1 },
      size: { width: 2 },
      'size.width': 'mine',
    });
    expect([Object.keys(long as JsonObject).length, rest]).toEqual([1, { size: { width: 2 }, 'size.width': 'mine' }]);
  });
});
