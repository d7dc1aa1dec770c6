import { ClientApi } from 'klaviyo-api';
import { describe, expect, test } from 'vitest';
import { TIERS, type Tier } from '../src/limits.ts';
import { OPERATIONS } from '../src/operations.ts';
import { checkExchange } from './support/checkExchange.ts';
import { loadContract } from './support/loadContract.ts';
import { openWitness } from './support/openWitness.ts';
import type { Exchange } from './support/recordExchanges.ts';
import { SCENES } from './witness/index.ts';

const contract = loadContract();
const wire: { scene: string; exchange: Exchange }[] = [];

// The official client is the one reader of this API that was not written here.
describe('the official client', () => {
  test.each(SCENES)('$does', async ({ does, options, play, seen }) => {
    const klaviyo = await openWitness(options);
    try {
      expect(await play(klaviyo)).toEqual(seen);
    } finally {
      wire.push(...klaviyo.exchanges.map((exchange) => ({ scene: does, exchange })));
      await klaviyo.close();
    }
  });
});

describe.skipIf(contract === undefined)("by Klaviyo's OpenAPI document", () => {
  const documented = contract?.operations ?? [];
  const operationOf = ({ method, target }: Exchange) => contract?.find(method, target.split('?')[0] ?? '')?.id;

  test('every request that went over the wire and every answer to it is valid', () => {
    const wrong = wire.flatMap(({ scene, exchange }) =>
      contract ? checkExchange(contract, exchange).map((what) => `${scene}: ${what}`) : [],
    );
    expect(wrong).toEqual([]);
  });

  test('the official client has carried out every operation, but for those of browsers, which it lacks', () => {
    const done = wire.filter(({ exchange }) => exchange.status < 300).map(({ exchange }) => exchange);
    const names = (exchanges: Exchange[]) => new Set(exchanges.map(operationOf));
    const byClient = names(done.filter(({ headers }) => headers['user-agent'] === 'klaviyo-api-node/23.0.0'));
    const byAnyone = names(done);
    const lacking = documented.filter(({ id }) => !byClient.has(id));
    expect({
      operations: documented.length,
      undone: documented.filter(({ id }) => !byAnyone.has(id)).map(({ id }) => id),
      notByClient: lacking.filter(({ client }) => !client).map(({ id }) => id),
      ofClientApi: Object.getOwnPropertyNames(ClientApi.prototype).filter((name) => /event|subscription/i.test(name)),
    }).toEqual({ operations: 52, undone: [], notByClient: [], ofClientApi: [] });
  });

  test('the emulator has the same operations, paths, scopes and limits', () => {
    const ours = Object.entries(OPERATIONS).map(([id, operation]) => ({
      id,
      method: operation.method,
      path: operation.path,
      scopes: [...operation.scopes].sort(),
      rate: rateOf(operation.tier),
      client: 'client' in operation,
    }));
    const theirs = documented.map(({ parameters: _parameters, filters: _filters, scopes, ...rest }) => ({
      ...rest,
      scopes: [...scopes].sort(),
    }));
    const sorted = <T extends { id: string }>(rows: T[]) => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(ours)).toEqual(sorted(theirs));
  });

  test('an unknown key, a wrong answer and a body too many are noticed', () => {
    const noticed = [
      contract?.request('create_event', { data: {} }),
      contract?.request('create_list', { data: { type: 'list', attributes: { name: 'VIP', colour: 'red' } } }),
      contract?.answer('get_event', 200, { data: {} }),
      contract?.answer('create_event', 202, {}),
      contract?.answer('create_event', 200, ''),
    ];
    expect(noticed.map((problems) => (problems ?? []).length > 0)).toEqual([true, true, true, true, true]);
  });
});

/** A tier in the words of x-klaviyo-ratelimit. */
function rateOf(tier: Tier) {
  const rate = TIERS[tier];
  // The one difference: the guide says 700 a minute where the document says 750, and the lower is kept.
  const steady = tier === 'L' ? 750 : rate.steadyPerMinute;
  const daily = 'perDay' in rate ? { daily: `${rate.perDay}/d` } : {};
  return { burst: `${rate.burstPerSecond}/s`, steady: `${steady}/m`, ...daily };
}
