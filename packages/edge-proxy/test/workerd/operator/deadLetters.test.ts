import { describe, expect, it } from 'vitest';
import { eventItem, many, profileItem } from '../support/items.ts';
import { listDead, refusal } from '../support/operator.ts';
import { send } from '../support/post.ts';
import { openWorld, START_MS, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const bad = (id: string, change = {}) => eventItem(id, { who: { email: `${id} is no address` }, ...change });

/** Dies at once, one minute after the other. */
async function die(world: World, ...items: Parameters<World['accept']>[0][]): Promise<void> {
  for (const batch of items) {
    await world.accept(batch);
    await world.pass(MINUTE_MS);
  }
}

describe('the dead letters', () => {
  it('say what was to be sent, why it was not, what Klaviyo said, and how often it was tried', async () => {
    const world = openWorld();
    await die(world, [bad('m1'), eventItem('m2')]);
    expect(await listDead()).toEqual({
      deadLetters: [
        {
          id: 'm1#Ping',
          lane: 'events',
          reason: 'klaviyo_rejected',
          error: expect.objectContaining({ code: 'invalid' }),
          attempts: 1,
          diedAtMs: START_MS + 2000,
          item: bad('m1'),
        },
      ],
      next: null,
    });
  });

  it.each([
    ['reason=klaviyo_rejected', ['m1#Ping', 'p1#profile', 'm2#Pong']],
    ['reason=expired', []],
    ['lane=profiles', ['p1#profile']],
    ['metric=Pong', ['m2#Pong']],
    [`since=${new Date(START_MS + MINUTE_MS).toISOString()}`, ['p1#profile', 'm2#Pong']],
    [`until=${new Date(START_MS + MINUTE_MS).toISOString()}`, ['m1#Ping']],
    ['lane=events&metric=Ping', ['m1#Ping']],
  ])('are found by %s', async (query, ids) => {
    const world = openWorld();
    const profile = profileItem('p1', { who: { email: 'p1 is no address' } });
    await die(world, [bad('m1')], [profile], [bad('m2', { id: 'm2#Pong', metric: 'Pong' })]);
    const { deadLetters } = await listDead(query);
    expect(deadLetters.map(({ id }) => id)).toEqual(ids);
  });

  it('come page by page, each once, also those that died together', async () => {
    const world = openWorld();
    await die(world, many(7, bad, 'a'), many(4, bad, 'b'));
    const pages: string[][] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await listDead(`limit=4${next && `&cursor=${encodeURIComponent(next)}`}`);
      pages.push(page.deadLetters.map(({ id }) => id));
      next = page.next;
    }
    const ids = [...many(7, (id) => `${id}#Ping`, 'a'), ...many(4, (id) => `${id}#Ping`, 'b')];
    expect([pages.map(({ length }) => length), pages.flat()]).toEqual([[4, 4, 3], ids]);
  });

  it.each([
    ['an unknown account', 'account=nobody', [404, 'not_found']],
    ['an unknown filter', 'reasons=expired', [400, 'body_malformed']],
    ['a time without a zone', 'since=2026-11-27T08:00:00', [400, 'body_malformed']],
    ['a page of nothing', 'limit=0', [400, 'body_malformed']],
    ['a cursor of its own', 'cursor=x', [400, 'body_malformed']],
  ])('are not listed for %s', async (_title, query, answer) => {
    openWorld();
    expect(await refusal(`dead-letters?${query}`)).toEqual(answer);
  });

  it('are shown to an operator alone, are kept by no cache, and are not in the log', async () => {
    const world = openWorld();
    await die(world, [bad('secretive')]);
    const path = '/v1/operator/dead-letters';
    const ask = (authorization: string) => send(path, undefined, { method: 'GET', headers: { authorization } });
    const [stranger, operator] = [await ask('Bearer sk_backend'), await ask('Bearer op_alice')];
    const tells = (text: string) => text.includes('secretive');
    expect([
      [stranger.status, tells(stranger.text)],
      [operator.status, tells(operator.text), operator.headers.get('cache-control')],
      tells(world.output.join('\n')),
    ]).toEqual([[401, false], [200, true, 'no-store'], false]);
  });
});
