import { listBody, PATHS, profileBody } from '../support/bodies.ts';
import type { createTestEmulator, Reply } from '../support/createTestEmulator.ts';
import { countPassing, getLists, lists, shown, statuses } from '../support/limitedCalls.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

type Open = typeof createTestEmulator;
type Send = ReturnType<Open>['send'];

const LIMITER = 'rate/createLimiter.ts';
const CALL = 'http/answerCall.ts';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const TWO_KEYS = [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }, { key: 'pk_two' }] }];
const TWO_SHOPS = [
  { publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }] },
  { publicKey: 'SHOP02', keys: [{ key: 'pk_two' }] },
];
const SECOND_KEY = { authorization: 'Klaviyo-API-Key pk_two' };

/** A tier, by an operation that has it: the calls of one moment, and the minute's limit as the headers have it. */
function tier(
  name: string,
  row: { call: (send: Send) => Promise<Reply>; burst: number; steady: number; off: Off },
): Rule {
  const scene = async (open: Open) => {
    const { send } = open({ limits: {} });
    const { headers } = await row.call(send);
    return [1 + (await countPassing(() => row.call(send))), headers.get('ratelimit-limit')];
  };
  const rule = `tier ${name} is ${row.burst} calls a second and ${row.steady} a minute`;
  return { rule, scene, seen: [row.burst, `${row.steady}`], off: row.off };
}

const TIER_RULES: Rule[] = [
  tier('XS', {
    call: (send) => send('GET', '/api/accounts'),
    burst: 1,
    steady: 15,
    off: without('limits.ts', 'XS: { burstPerSecond: 1, steady', 'XS: { burstPerSecond: 3, steady'),
  }),
  tier('S', {
    call: (send) => send('GET', '/api/profiles/none/lists'),
    burst: 3,
    steady: 60,
    off: without('limits.ts', ' S: { burstPerSecond: 3', ' S: { burstPerSecond: 10'),
  }),
  tier('M', {
    call: (send) => send('GET', '/api/metrics'),
    burst: 10,
    steady: 150,
    off: without('limits.ts', ' M: { burstPerSecond: 10', ' M: { burstPerSecond: 75'),
  }),
  tier('L', {
    call: getLists,
    burst: 75,
    steady: 700,
    // The spec's figure; the guide's lower one is kept.
    off: without('limits.ts', 'steadyPerMinute: 700', 'steadyPerMinute: 750'),
  }),
  tier('XL', {
    call: (send) => send('GET', PATHS.event),
    burst: 350,
    steady: 3500,
    off: without('limits.ts', 'steadyPerMinute: 3500', 'steadyPerMinute: 700'),
  }),
];

const WINDOW_RULES: Rule[] = [
  {
    rule: 'no more calls than the burst limit pass in a second, and the next second is a new one',
    async scene(open) {
      const { send, emulator } = open({ limits: lists(2, 100) });
      const first = await statuses(3, () => getLists(send));
      emulator.clock.advance(SECOND_MS);
      return [first, await statuses(3, () => getLists(send))];
    },
    seen: [
      [200, 200, 429],
      [200, 200, 429],
    ],
    off: without(LIMITER, 'limit: scaled(rate.burstPerSecond)', 'limit: 1e9'),
  },
  {
    rule: 'no more calls than the steady limit pass in a minute, and the next minute is a new one',
    async scene(open) {
      const { send, emulator } = open({ limits: lists(100, 2) });
      const first = await statuses(3, () => getLists(send));
      emulator.clock.advance(MINUTE_MS);
      return [first, await statuses(3, () => getLists(send))];
    },
    seen: [
      [200, 200, 429],
      [200, 200, 429],
    ],
    off: without(LIMITER, 'limit: scaled(rate.steadyPerMinute)', 'limit: 1e9'),
  },
  {
    rule: 'a window is fixed: it ends when RateLimit-Reset says, with all of its calls back at once',
    async scene(open) {
      const { send, emulator } = open({ limits: lists(100, 2) });
      const { headers } = await getLists(send);
      const resetSeconds = Number(headers.get('ratelimit-reset'));
      await getLists(send);
      emulator.clock.advance((resetSeconds - 1) * SECOND_MS);
      const before = (await getLists(send)).status;
      emulator.clock.advance(SECOND_MS);
      return [resetSeconds < 60, before, await statuses(3, () => getLists(send))];
    },
    seen: [true, 429, [200, 200, 429]],
    off: without(LIMITER, 'kept?.index === index ? kept.used : 0', 'kept?.used ?? 0'),
  },
  {
    rule: 'a refused call is not counted: one that the second refused leaves the minute as it was',
    async scene(open) {
      const { send, emulator } = open({ limits: lists(1, 3) });
      const seen: number[] = [];
      for (let second = 0; second < 4; second++) {
        seen.push(...(await statuses(2, () => getLists(send))));
        emulator.clock.advance(SECOND_MS);
      }
      return seen;
    },
    seen: [200, 429, 200, 429, 200, 429, 429, 429],
    off: without(LIMITER, 'if (allowed) for (const view of views)', 'for (const view of views)'),
  },
  {
    rule: 'each operation has its own windows',
    async scene(open) {
      const { send } = open({ limits: {} });
      const call = (path: string) => statuses(2, () => send('GET', path));
      return [await call('/api/accounts'), await call('/api/accounts/EMULAT')];
    },
    seen: [
      [200, 429],
      [200, 429],
    ],
    off: without(LIMITER, 'buckets.flatMap(', "buckets.map((bucket) => ({ ...bucket, operation: 'any' })).flatMap("),
  },
  {
    rule: 'all keys of an account share its windows',
    async scene(open) {
      const { send } = open({ accounts: TWO_KEYS, limits: lists(1, 10) });
      return [(await getLists(send)).status, (await getLists(send, SECOND_KEY)).status];
    },
    seen: [200, 429],
    off: without(CALL, 'take(who.account.publicKey,', "take(raw.headers.get('authorization') ?? '',"),
  },
  {
    rule: 'another account has windows of its own',
    async scene(open) {
      const { send } = open({ accounts: TWO_SHOPS, limits: lists(1, 10) });
      return [(await getLists(send)).status, (await getLists(send, SECOND_KEY)).status];
    },
    seen: [200, 200],
    off: without(CALL, 'take(who.account.publicKey,', "take('everybody',"),
  },
  {
    rule: 'at most 150 lists are created a day',
    async scene(open) {
      const { send, emulator } = open({ limits: {} });
      const create = () => {
        emulator.clock.advance(SECOND_MS);
        return send('POST', PATHS.lists, listBody('VIP'));
      };
      const refused = (await statuses(151, create)).filter((status) => status === 429).length;
      emulator.clock.advance(DAY_MS);
      return [refused, (await create()).status];
    },
    seen: [1, 201],
    off: without(LIMITER, 'limit: scaled(rate.perDay)', 'limit: 1e9'),
  },
];

const HEADER_RULES: Rule[] = [
  {
    rule: 'RateLimit-Limit and -Remaining describe the minute, not the second',
    async scene(open) {
      const { send } = open({ limits: lists(10, 5) });
      return [shown(await getLists(send)), shown(await getLists(send))];
    },
    seen: [
      [200, '5', '4', true, false],
      [200, '5', '3', true, false],
    ],
    off: without('rate/rateHeaders.ts', 'lengthMs === MINUTE_MS', 'lengthMs !== MINUTE_MS'),
  },
  {
    rule: 'with the assumption `windows`, RateLimit-Limit names the limit that binds and then all of them',
    async scene(open) {
      const { send } = open({ assume: { rateLimitHeaders: 'windows' }, limits: lists(2, 15) });
      return shown(await getLists(send));
    },
    seen: [200, '2, 2;w=1, 15;w=60', '1', true, false],
    off: without('rate/rateHeaders.ts', "if (form === 'steady') return", 'return'),
  },
  {
    rule: 'an answer that refuses the body carries the RateLimit headers too',
    async scene(open) {
      const { send } = open({ limits: { operations: { create_profile: { steadyPerMinute: 9 } } } });
      return shown(await send('POST', PATHS.profiles, profileBody({})));
    },
    seen: [400, '9', '8', true, false],
    off: without(CALL, 'return limited(refuseBody(issues))', 'return done(refuseBody(issues))'),
  },
  {
    rule: 'a 429 has Retry-After',
    async scene(open) {
      const { send } = open({ limits: lists(10, 1) });
      await getLists(send);
      const { status, headers } = await getLists(send);
      return [status, Number(headers.get('retry-after')) > 0];
    },
    seen: [429, true],
    off: without('http/problem.ts', "{ 'Retry-After': String(retryAfterSeconds) }", '{}'),
  },
  {
    rule: 'a 429 has no RateLimit headers',
    async scene(open) {
      const { send } = open({ limits: lists(10, 1) });
      await getLists(send);
      return shown(await getLists(send));
    },
    seen: [429, null, null, false, true],
    off: without(
      'http/problem.ts',
      "{ 'Retry-After': String(retryAfterSeconds) }",
      "{ 'Retry-After': String(retryAfterSeconds), 'RateLimit-Limit': '1' }",
    ),
  },
  {
    rule: 'who waits as long as Retry-After says is answered, who comes a second earlier is not',
    async scene(open) {
      const { send, emulator } = open({ limits: lists(10, 1) });
      await getLists(send);
      const waitMs = Number((await getLists(send)).headers.get('retry-after')) * SECOND_MS;
      emulator.clock.advance(waitMs - SECOND_MS);
      const early = (await getLists(send)).status;
      emulator.clock.advance(SECOND_MS);
      return [early, (await getLists(send)).status];
    },
    seen: [429, 200],
    off: without(LIMITER, 'Math.ceil(resetMs / SECOND_MS)', 'Math.floor(resetMs / SECOND_MS)'),
  },
  {
    rule: 'Retry-After waits for the last of the full windows',
    async scene(open) {
      const { send } = open({ limits: lists(1, 1) });
      await getLists(send);
      return Number((await getLists(send)).headers.get('retry-after')) > 1;
    },
    seen: true,
    off: without(LIMITER, 'Math.max(...full', 'Math.min(...full'),
  },
];

export const LIMIT_RULES: Rule[] = [...TIER_RULES, ...WINDOW_RULES, ...HEADER_RULES];
