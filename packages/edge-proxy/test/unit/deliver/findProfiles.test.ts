import { describe, expect, it } from 'vitest';
import { findProfiles } from '../../../src/deliver/findProfiles.ts';
import type { Found } from '../../../src/deliver/lane.ts';
import type { KlaviyoAnswer, KlaviyoRequest } from '../../../src/klaviyo/client.ts';
import type { Identifiers } from '../../../src/klaviyo/profileAttributes.ts';
import { memberItem } from './support/items.ts';

type Response = Extract<KlaviyoAnswer, { kind: 'response' }>;
const answer = (json: unknown, status = 200): Response => ({
  kind: 'response',
  status,
  json,
  errors: undefined,
  retryAfterMs: undefined,
  rateLimit: {},
});

/** Looks people up at a Klaviyo that gives each page one id, by the number of its call. */
async function lookUp(
  people: readonly Identifiers[],
  { found = new Map() as Found, answers = [] as KlaviyoAnswer[] } = {},
) {
  const filters: (string | undefined)[] = [];
  const call = async ({ query }: KlaviyoRequest) => {
    filters.push(query?.filter);
    return answers.shift() ?? answer({ data: [{ type: 'profile', id: `id-${filters.length}` }] });
  };
  const items = people.map((who, index) => memberItem(`${index}`, { who }));
  return { found: await findProfiles(items, call, found), filters };
}

describe('looking up profiles', () => {
  it('asks for a page of people by the strongest identifier of each, and once for who is named twice', async () => {
    const people = [
      { email: 'a@shop.test', external_id: 'u-1' },
      { phone_number: '+12025550123', external_id: 'u-2' },
      { external_id: 'u-3' },
      { email: 'a@shop.test' },
      { email: 'o"neil\\@shop.test' },
      { anonymous_id: 'anon-1' },
    ];
    expect(await lookUp(people)).toEqual({
      found: { ok: true, profileIds: ['id-1', 'id-2', 'id-3'] },
      filters: [
        'any(email,["a@shop.test","o\\"neil\\\\@shop.test"])',
        'any(phone_number,["+12025550123"])',
        'any(external_id,["u-3"])',
      ],
    });
  });

  it('asks for a hundred at a time, and not again for what an earlier try has found', async () => {
    const people = Array.from({ length: 250 }, (_, index) => ({ email: `${index}@shop.test` }));
    const found: Found = new Map();
    const unavailable = answer({}, 503);
    const first = await lookUp(people, { found, answers: [answer({ data: [{ id: 'first' }] }), unavailable] });
    const second = await lookUp(people, { found });
    expect([first.found, first.filters.length, second.found, second.filters.length]).toEqual([
      { ok: false, answer: unavailable },
      2,
      { ok: true, profileIds: ['first', 'id-1', 'id-2'] },
      2,
    ]);
  });

  it.each([
    ['a page of something else', answer(undefined)],
    ['JSON of another shape', answer({ data: null })],
  ])('does not take %s for a list of nobody', async (_title, strange) => {
    const { found } = await lookUp([{ email: 'a@shop.test' }], { answers: [strange] });
    expect(found).toEqual({ ok: false, answer: { kind: 'no_answer', why: 'network' } });
  });
});
