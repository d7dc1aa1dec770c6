import { expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { METRIC_OF_EVENT } from '../src/commerce/names.ts';
import type { CommerceEvents } from '../src/plan/commerceEvents.generated.ts';
import { commercePlan, definePlan, describePlan, type PlanEvents } from '../src/plan/index.ts';

it('has the e-commerce events of the contract', () => {
  expect(Object.keys(commercePlan).sort()).toEqual([...Object.keys(METRIC_OF_EVENT), 'Order Updated'].sort());
});

const order = {
  order_id: '50314b8e9bcf000000000000',
  total: 27.5,
  revenue: 25,
  shipping: 3,
  tax: 2,
  discount: 2.5,
  coupon: 'hasbros',
  currency: 'EUR',
  products: [{ product_id: '507f1f77bcf86cd799439011', sku: '45790-32', name: 'Monopoly', price: 19, quantity: 1 }],
};

it.each([
  ['Product Viewed', { product_id: 'p-1', category: ['Games', 'Board'], price: 19, note: 'kept' }, []],
  ['Product Viewed', {}, []],
  ['Product Viewed', { price: '19,00' }, ['price']],
  ['Products Searched', { query: 'blue shoes' }, []],
  ['Products Searched', {}, ['query']],
  ['Product Added', { sku: 'a', quantity: 2, cart_total: 38, products: [{ sku: 'a', price: 19 }] }, []],
  ['Product Added', { products: [{ price: 'free' }] }, ['products.0.price']],
  ['Checkout Started', { ...order, checkout_id: 'c-1', value: 27.5 }, []],
  ['Order Completed', order, []],
  ['Order Completed', { ...order, order_id: undefined }, ['order_id']],
  ['Order Completed', { ...order, currency: 'Euro' }, ['currency']],
  ['Order Refunded', { order_id: '1', refund_id: 'r-1', refund_amount: 5 }, []],
] as const)('%s with %j: wrong are %j', (event, properties, wrong) => {
  const { error } = commercePlan[event].safeParse(properties);
  expect(error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(wrong);
});

it('makes types and a JSON Schema of a shop’s own events', () => {
  const plan = definePlan({ 'Quiz Finished': z.object({ score: z.number(), name: z.string().optional() }) });
  expectTypeOf<PlanEvents<typeof plan>['Quiz Finished']>().toEqualTypeOf<{
    score: number;
    name?: string | undefined;
  }>();
  expect(describePlan(plan)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      'Quiz Finished': {
        type: 'object',
        properties: { score: { type: 'number' }, name: { type: 'string' } },
        required: ['score'],
      },
    },
  });
});

it('says the same in TypeScript as in its schemas', () => {
  expectTypeOf<CommerceEvents>().toExtend<PlanEvents<typeof commercePlan>>();
});
