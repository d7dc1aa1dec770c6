import { type Condition, type JsonObject, parseConfig, type RuleInput } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import type { AcceptedEvent, WholeMessage } from '../../../src/ingest/acceptedEvent.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { mapMessage } from '../../../src/map/mapMessage.ts';
import { meets } from '../../../src/map/rules/meets.ts';
import { accept } from './support/accept.ts';
import { makeSettings, receivedAtMs } from './support/settings.ts';

const properties: JsonObject = {
  total: '120,00',
  count: 3,
  coupon: 'SUMMER',
  gift: true,
  nothing: null,
  'a.b': 'exact',
  a: { b: 'nested', c: { d: 1 } },
  tags: ['new', 'hat', 7],
  Items: [{ SKU: 'A', sizes: ['S'] }, { SKU: 'B' }, 'no item'],
};

describe('a condition', () => {
  it.each<[boolean, Condition]>([
    [true, { field: 'total', op: 'eq', value: 120 }],
    [true, { field: 'total', op: 'eq', value: '120,00' }],
    [false, { field: 'total', op: 'eq', value: '120' }],
    [true, { field: 'count', op: 'eq', value: '3' }],
    [true, { field: 'gift', op: 'eq', value: true }],
    [false, { field: 'gift', op: 'eq', value: 'true' }],
    [false, { field: 'coupon', op: 'ne', value: 'SUMMER' }],
    [true, { field: 'missing', op: 'ne', value: 'SUMMER' }],
    [true, { field: 'total', op: 'gt', value: 119.99 }],
    [false, { field: 'total', op: 'gt', value: 120 }],
    [true, { field: 'total', op: 'gte', value: 120 }],
    [true, { field: 'count', op: 'lt', value: 4 }],
    [false, { field: 'count', op: 'lte', value: 2 }],
    [false, { field: 'missing', op: 'lt', value: 4 }],
    [false, { field: 'coupon', op: 'lt', value: 4 }],
    [true, { field: 'coupon', op: 'in', value: ['WINTER', 'SUMMER'] }],
    [false, { field: 'missing', op: 'in', value: ['WINTER'] }],
    [true, { field: 'coupon', op: 'contains', value: 'SUM' }],
    [true, { field: 'tags', op: 'contains', value: 'hat' }],
    [false, { field: 'tags', op: 'contains', value: 'ha' }],
    [true, { field: 'tags', op: 'contains', value: 7 }],
    [false, { field: 'gift', op: 'contains', value: 't' }],
    [true, { field: 'coupon', op: 'exists', value: true }],
    [false, { field: 'nothing', op: 'exists', value: true }],
    [true, { field: 'nothing', op: 'exists', value: false }],
    [true, { field: 'a.b', op: 'eq', value: 'exact' }],
    [true, { field: 'a.c.d', op: 'eq', value: 1 }],
    [true, { field: 'Items.1.SKU', op: 'eq', value: 'B' }],
    [true, { field: 'Items.SKU', op: 'contains', value: 'B' }],
    [true, { field: 'Items.sizes', op: 'contains', value: 'S' }],
    [false, { field: 'Items.colour', op: 'exists', value: true }],
    [false, { field: 'toString', op: 'exists', value: true }],
    [false, { field: 'a.hasOwnProperty.length', op: 'exists', value: true }],
  ])('is %s of %j', (expected, condition) => {
    expect(meets(properties, condition)).toBe(expected);
  });
});

const ping = (more: Partial<AcceptedEvent> = {}) =>
  accept({ type: 'track', event: 'Ping', messageId: 'm1', anonymousId: 'anon-1', properties: { value: 5 } }, more);
const membersOf = (rules: RuleInput[], event = ping()) =>
  mapEvent(event, makeSettings({ rules })).filter(({ lane }) => lane === 'members');

describe('a rule', () => {
  it('makes one place on a list, under an id of the message, for tracking whatever the event is for', () => {
    expect(membersOf([{ when: 'Ping', addTo: 'LIST01' }], ping({ purpose: 'transactional' }))).toEqual([
      {
        lane: 'members',
        id: 'm1#member:LIST01',
        who: { anonymous_id: 'anon-1' },
        purpose: 'tracking',
        receivedAtMs,
        action: 'add',
        list: 'LIST01',
      },
    ]);
  });

  it('adds nobody whose consent lets in the event alone', () => {
    const event = ping({ purpose: 'transactional', onlyTransactional: true });
    expect(membersOf([{ when: 'Ping', addTo: 'LIST01' }], event)).toEqual([]);
  });

  it('needs all its conditions, and another event does not set it off', () => {
    const fives = { field: 'value', op: 'eq', value: 5 } as const;
    const sixes = { field: 'value', op: 'eq', value: 6 } as const;
    expect([
      membersOf([{ when: 'Ping', where: [fives], addTo: 'LIST01' }]).length,
      membersOf([{ when: 'Ping', where: [fives, sixes], addTo: 'LIST01' }]).length,
      membersOf([{ when: 'Pong', addTo: 'LIST01' }]).length,
    ]).toEqual([1, 0, 0]);
  });

  it('counts for the sources of its account alone', () => {
    const config = parseConfig({
      accounts: { main: {}, other: {} },
      sources: [{ id: 'backend', kind: 'server' }],
      rules: [
        { when: 'Ping', addTo: 'LIST01' },
        { when: 'Ping', addTo: 'LIST02', account: 'other' },
      ],
    });
    if (!config.ok) throw new Error('the configuration is a good one');
    const body = (account: string): WholeMessage => {
      return { v: 1, kind: 'events', account, source: 'backend', trusted: true, receivedAtMs, events: [ping()] };
    };
    const ids = ['main', 'other'].map((account) => mapMessage(body(account), config.config).map(({ id }) => id));
    expect(ids).toEqual([
      ['m1#Ping', 'm1#member:LIST01'],
      ['m1#Ping', 'm1#member:LIST02'],
    ]);
  });
});
