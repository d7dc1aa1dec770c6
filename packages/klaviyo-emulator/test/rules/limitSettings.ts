import type { LimitOptions } from '../../src/rate/createLimiter.ts';
import { PATHS } from '../support/bodies.ts';
import type { createTestEmulator } from '../support/createTestEmulator.ts';
import { countPassing, getLists, lists, shown, statuses } from '../support/limitedCalls.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

type Open = typeof createTestEmulator;

const LIMITER = 'rate/createLimiter.ts';
const BUCKETS = 'rate/findBuckets.ts';

/** When the minute of each of some operations ends. */
async function resets(open: Open, limits: LimitOptions, seed?: string): Promise<(string | null)[]> {
  const { send } = open(seed === undefined ? { limits } : { limits, seed });
  const paths = [PATHS.lists, PATHS.profiles, PATHS.event, '/api/metrics'];
  const replies = await Promise.all(paths.map((path) => send('GET', path)));
  return replies.map(({ headers }) => headers.get('ratelimit-reset'));
}
const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

const PHASE_RULES: Rule[] = [
  {
    rule: 'the minutes of different operations end at different times',
    scene: async (open) => new Set(await resets(open, {})).size > 1,
    seen: true,
    off: without(LIMITER, 'hashText(', '0 * hashText('),
  },
  {
    rule: 'another seed of the limits moves the windows, the same one does not',
    async scene(open) {
      const [one, again, other] = [
        await resets(open, { seed: 'a' }),
        await resets(open, { seed: 'a' }),
        await resets(open, { seed: 'b' }),
      ];
      return [differ(one, again), differ(one, other)];
    },
    seen: [false, true],
    off: without(LIMITER, 'options.seed ?? DEFAULT_SEED', '0'),
  },
  {
    rule: "the emulator's seed moves the windows, unless the limits have a seed of their own",
    async scene(open) {
      const own = [await resets(open, { seed: 'a' }, 'b'), await resets(open, { seed: 'a' }, 'c')];
      return [differ(await resets(open, {}, 'b'), await resets(open, {}, 'c')), differ(own[0], own[1])];
    },
    seen: [true, false],
    off: without(
      'openEmulator.ts',
      'createLimiter({ seed: options.seed ?? DEFAULT_SEED, ...options.limits })',
      'createLimiter(options.limits)',
    ),
  },
];

/** The rule that a parameter draws on a bucket of its own: how many calls pass with it, and whether one without it does. */
function costly(
  what: string,
  row: { path: string; parameter: string; passing: number; plain: number; off: Off },
): Rule {
  const scene = async (open: Open) => {
    const { send } = open({ limits: {} });
    const passing = await countPassing(() => send('GET', `${row.path}?${row.parameter}`));
    return [passing, (await send('GET', row.path)).status];
  };
  return { rule: `${what} draws on a second, smaller bucket`, scene, seen: [row.passing, row.plain], off: row.off };
}

const EXTRA_RULES: Rule[] = [
  costly('profile_count of a list', {
    path: '/api/lists/DEMO01',
    parameter: 'additional-fields[list]=profile_count',
    passing: 1,
    plain: 200,
    off: without(BUCKETS, "parameter: 'additional-fields[list]'", "parameter: 'none'"),
  }),
  costly('profile_count of a segment', {
    path: '/api/segments/none',
    parameter: 'additional-fields[segment]=profile_count',
    passing: 1,
    plain: 404,
    off: without(BUCKETS, "parameter: 'additional-fields[segment]'", "parameter: 'none'"),
  }),
  costly('include=lists of a profile', {
    path: '/api/profiles/none',
    parameter: 'include=lists',
    passing: 1,
    plain: 404,
    off: without(BUCKETS, "values: ['lists', 'segments']", "values: ['segments']"),
  }),
  costly('include=segments of a profile', {
    path: '/api/profiles/none',
    parameter: 'include=push-tokens,segments',
    passing: 1,
    plain: 404,
    off: without(BUCKETS, "values: ['lists', 'segments']", "values: ['lists']"),
  }),
  {
    rule: 'predictive_analytics draws on a second bucket, which all operations share',
    async scene(open) {
      const { send } = open({ limits: {} });
      const parameter = 'additional-fields[profile]=subscriptions,predictive_analytics';
      const all = await countPassing(() => send('GET', `${PATHS.profiles}?${parameter}`));
      return [all, (await send('GET', `${PATHS.profiles}/none?${parameter}`)).status];
    },
    seen: [10, 429],
    off: without(BUCKETS, "values: ['predictive_analytics']", "values: ['none']"),
  },
  {
    rule: 'a call that the second bucket refuses is not counted in the first either',
    async scene(open) {
      const { send } = open({ limits: { operations: { get_list: { burstPerSecond: 3 } } } });
      const count = await statuses(3, () => send('GET', '/api/lists/DEMO01?additional-fields[list]=profile_count'));
      return [...count, ...(await statuses(3, () => send('GET', '/api/lists/DEMO01')))];
    },
    seen: [200, 429, 429, 200, 200, 429],
    off: without(LIMITER, 'if (allowed) for (const view of views)', 'for (const view of views)'),
  },
];

const SETTING_RULES: Rule[] = [
  {
    rule: 'a scale multiplies every limit',
    async scene(open) {
      const { send } = open({ limits: { scale: 2 } });
      const { headers } = await send('GET', '/api/accounts');
      return [1 + (await countPassing(() => send('GET', '/api/accounts'))), headers.get('ratelimit-limit')];
    },
    seen: [2, '30'],
    off: without(LIMITER, 'limit * (options.scale ?? 1)', 'limit'),
  },
  {
    rule: 'a small scale leaves one call of every limit',
    async scene(open) {
      const { send } = open({ limits: { scale: 0.001 } });
      return statuses(2, () => getLists(send));
    },
    seen: [200, 429],
    off: without(LIMITER, 'Math.max(1, Math.floor(', 'Math.max(0, Math.floor('),
  },
  {
    rule: 'the limits of one operation can be set, and those of the others stay',
    async scene(open) {
      const { send } = open({ limits: { operations: { get_lists: { burstPerSecond: 2 } } } });
      const passing = await countPassing(() => getLists(send));
      return [passing, await countPassing(() => send('GET', '/api/lists/DEMO01'))];
    },
    seen: [2, 75],
    off: without(LIMITER, ', ...options.operations?.[operation]'),
  },
  {
    rule: 'limits can be switched off, with their headers',
    async scene(open) {
      const { send } = open({ limits: { enabled: false } });
      const replies = [await send('GET', '/api/accounts'), await send('GET', '/api/accounts')];
      return replies.map(shown);
    },
    seen: [
      [200, null, null, false, false],
      [200, null, null, false, false],
    ],
    off: without(LIMITER, 'if (options.enabled === false)', 'if (false)'),
  },
  {
    rule: 'limits change while the emulator runs',
    async scene(open) {
      const { send, emulator } = open({ limits: { enabled: false } });
      emulator.setLimits({ enabled: true, ...lists(1, 10) });
      return statuses(2, () => getLists(send));
    },
    seen: [200, 429],
    off: without(LIMITER, 'options = { ...options, ...wanted };'),
  },
];

export const LIMIT_SETTING_RULES: Rule[] = [...PHASE_RULES, ...EXTRA_RULES, ...SETTING_RULES];
