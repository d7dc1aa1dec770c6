import { describe, expect, it } from 'vitest';
import { parseConfig } from '../src/index.ts';

const source = { id: 'web', kind: 'public', writeKey: 'wk_demo', origins: ['https://shop.example'] };
const backend = { id: 'backend', kind: 'server' };

function problemsOf(input: unknown): string[] {
  const parsed = parseConfig(input);
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
}

describe('a configuration', () => {
  it('of one source is enough; the rest has defaults', () => {
    const parsed = parseConfig({ sources: [source] });
    expect(
      parsed.ok && [
        Object.keys(parsed.config.accounts),
        Object.keys(parsed.config.consent),
        parsed.config.delivery.maxAgeHours,
        parsed.config.delivery.alerts,
        parsed.config.webhooks,
        parsed.config.retentionDays,
        parsed.config.ingest,
      ],
    ).toEqual([
      ['main'],
      ['default', 'server'],
      72,
      { oldestMinutes: 30, deadShare: 0.01, minItems: 20 },
      { alerts: null, optOuts: null },
      { deadLetters: 30, identities: 400 },
      { queues: 1 },
    ]);
  });

  it('keeps what a named policy leaves out as it was', () => {
    const parsed = parseConfig({ sources: [source], consent: { server: { else: 'optOut' }, strict: {} } });
    expect(parsed.ok && [parsed.config.consent.server, parsed.config.consent.strict]).toMatchObject([
      { else: 'optOut', unknown: 'send', transactional: expect.arrayContaining(['Order Completed']) },
      { else: 'optIn', unknown: 'refuse', transactional: [] },
    ]);
  });

  it('keeps the default policies that it does not name', () => {
    const parsed = parseConfig({ sources: [source], consent: { default: { unknown: 'send' } } });
    expect(
      parsed.ok && [parsed.config.consent.default?.unknown, parsed.config.consent.server?.transactional.length],
    ).toEqual(['send', 4]);
  });

  it.each([
    ['nothing', undefined, ['(top)']],
    ['text', 'x', ['(top)']],
    ['no source', { sources: [] }, ['sources']],
    [
      'a write key that no cookie can be named by',
      { sources: [{ ...source, writeKey: 'wk demo' }] },
      ['sources.0.writeKey'],
    ],
    ['alerts without https', { sources: [source], webhooks: { alerts: 'http://alerts.example' } }, ['webhooks.alerts']],
    ['opt-outs without https', { sources: [source], webhooks: { optOuts: 'http://x.example' } }, ['webhooks.optOuts']],
    ['an unknown threshold', { sources: [source], delivery: { alerts: { oldestMinute: 5 } } }, ['delivery.alerts']],
    [
      'a dead share above all',
      { sources: [source], delivery: { alerts: { deadShare: 1.1 } } },
      ['delivery.alerts.deadShare'],
    ],
    [
      'a cookie for a whole address',
      { sources: [source], identity: { cookieDomain: 'https://shop.example' } },
      ['identity.cookieDomain'],
    ],
    ['a cookie for a country', { sources: [source], identity: { cookieDomain: 'example' } }, ['identity.cookieDomain']],
    ['an unknown key at its top', { sources: [source], sourcse: [] }, ['(top)']],
    ['an unknown key in a source', { sources: [{ ...source, origin: 'x' }] }, ['sources.0']],
    [
      'an unknown key in a policy',
      { sources: [source], consent: { default: { unkown: 'send' } } },
      ['consent.default'],
    ],
    ['an unknown key in an account', { accounts: { main: { apiKey: 'pk' } }, sources: [source] }, ['accounts.main']],
    ['an unknown key in delivery', { sources: [source], delivery: { maxWait: 1 } }, ['delivery']],
    [
      'an origin with a path',
      { sources: [{ ...source, origins: ['https://shop.example/'] }] },
      ['sources.0.origins.0'],
    ],
    [
      'an account that no secret could be named after',
      { accounts: { 'a-b': {} }, sources: [] },
      ['accounts.a-b', 'sources'],
    ],
    ['a share of nothing', { accounts: { main: { share: 0 } }, sources: [source] }, ['accounts.main.share']],
    [
      'no required category, which would mean no consent',
      { sources: [source], consent: { default: { required: [] } } },
      ['consent.default.required'],
    ],
    [
      'a region that is none, which would be no rule',
      { sources: [source], consent: { default: { optIn: ['Germany', 'eu', 'DE', 'EEA'] } } },
      ['consent.default.optIn.0', 'consent.default.optIn.1'],
    ],
    ['a source of an account that is not there', { sources: [{ ...source, account: 'other' }] }, ['sources.0.account']],
    ['a source of a policy that is not there', { sources: [{ ...source, policy: 'other' }] }, ['sources.0.policy']],
    [
      'names that every object has',
      { sources: [{ ...source, account: 'constructor', policy: 'constructor' }] },
      ['sources.0.account', 'sources.0.policy'],
    ],
    ['two sources of one id', { sources: [source, { ...backend, id: 'web' }] }, ['sources.1']],
    ['two sources of one write key', { sources: [source, { ...source, id: 'web2' }] }, ['sources.1']],
    [
      'rules that could never be kept',
      {
        sources: [source],
        rules: [
          { when: 'Order Completed', where: [{ field: 'total', op: 'gte', value: '100' }], addTo: 'DEMO01' },
          { when: 'Order Completed', where: [{ field: 'total', op: 'above', value: 100 }], addTo: 'DEMO01' },
          { when: 'Order Completed', where: [{ field: 'a.__proto__.b', op: 'exists' }], addTo: 'DEMO01' },
          { when: 'Order Completed', where: [{ field: 'total', op: 'in', value: [] }], addTo: 'DEMO01' },
          { when: 'Order Completed', where: [{ field: 'total', op: 'eq' }], addTo: 'DEMO01' },
          { when: 'Order Completed', list: 'DEMO01' },
        ],
      },
      [
        'rules.0.where.0.value',
        'rules.1.where.0.op',
        'rules.2.where.0.field',
        'rules.3.where.0.value',
        'rules.4.where.0.value',
        'rules.5.addTo',
        'rules.5',
      ],
    ],
    [
      'a rule of an account that is not there',
      { sources: [source], rules: [{ when: 'Ping', addTo: 'DEMO01', account: 'other' }] },
      ['rules.0.account'],
    ],
    [
      'several problems at once',
      {
        sources: [
          { ...source, origins: ['x'] },
          { ...backend, scopes: ['all'] },
        ],
        delivery: { maxAgeHours: 0 },
      },
      ['sources.0.origins.0', 'sources.1.scopes.0', 'delivery.maxAgeHours'],
    ],
  ])('with %s is refused, and every problem is named', (_title, input, paths) => {
    expect(problemsOf(input)).toEqual(paths);
  });

  it('says of a rule what would be right', () => {
    const where = (condition: object) => ({ when: 'Ping', where: [condition], addTo: 'DEMO01' });
    const parsed = parseConfig({
      sources: [source],
      rules: [where({ field: 'total', op: 'gte', value: '100' }), where({ field: 'total', op: 'above', value: 1 })],
    });
    expect(parsed.ok ? [] : parsed.problems.map(({ expected }) => expected)).toEqual([
      'expected a number',
      'expected { "field", "op": one of eq, ne, gt, gte, lt, lte, in, contains, exists, "value" }',
    ]);
  });

  it('says in words what is wrong, where the schema has none of its own', () => {
    const parsed = parseConfig({ sources: [], delivery: { maxAgeHours: '72' }, reties: 3 });
    expect(parsed.ok ? [] : parsed.problems.map(({ expected }) => expected)).toEqual([
      'Too small: expected array to have >=1 items',
      'Invalid input: expected number, received string',
      'Unrecognized key: "reties"',
    ]);
  });
});
