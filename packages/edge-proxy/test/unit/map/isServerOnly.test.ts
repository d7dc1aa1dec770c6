import { ConfigSchema, MessageSchema } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { isServerOnly } from '../../../src/map/isServerOnly.ts';

const isRefused = (message: object, events: object) =>
  isServerOnly(
    MessageSchema.parse({ anonymousId: 'a', ...message }),
    ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }], events }).events,
  );
const track = (event: string, properties: object = {}) => ({ type: 'track', event, properties });

describe('an event that only back ends may send', () => {
  it.each([
    ['by its name', track('Order Completed'), { serverOnly: ['Order Completed'] }],
    ['by Klaviyo’s name', track('Placed Order'), { serverOnly: ['Order Completed'] }],
    ['by its name, listed by Klaviyo’s', track('Order Completed'), { serverOnly: ['Placed Order'] }],
    ['line by line', track('Ordered Product'), { serverOnly: ['Order Completed'] }],
    ['as what has such lines', track('Order Completed'), { serverOnly: ['Ordered Product'] }],
    ['by another spelling', track('Canceled Order'), { serverOnly: ['Order Cancelled'] }],
    [
      'as an update that fulfils',
      track('Order Updated', { fulfillment_status: ' Fulfilled' }),
      { serverOnly: ['Order Fulfilled'] },
    ],
    [
      'as an update that fulfils, listed as an update',
      track('Order Updated', { fulfillment_status: 'fulfilled' }),
      { serverOnly: ['Order Updated'] },
    ],
    [
      'by the shop’s own name',
      track('Bought'),
      { serverOnly: ['Order Completed'], names: { 'Order Completed': 'Bought' } },
    ],
    [
      'as another event that the shop calls so',
      track('Ping'),
      { serverOnly: ['Order Completed'], names: { Ping: 'Placed Order' } },
    ],
    ['as a page view', { type: 'page' }, { serverOnly: ['Viewed Page'] }],
    [
      'as the visit that a view begins',
      { type: 'page', context: { sessionStart: true } },
      { serverOnly: ['Active on Site'] },
    ],
  ])('is known %s', (_title, message, events) => {
    expect(isRefused(message, events)).toBe(true);
  });

  it.each([
    ['another event', track('Product Viewed'), { serverOnly: ['Order Completed'] }],
    ['an update that fulfils nothing', track('Order Updated'), { serverOnly: ['Order Fulfilled'] }],
    ['a view that begins no visit', { type: 'page' }, { serverOnly: ['Active on Site'] }],
    ['an identify', { type: 'identify' }, { serverOnly: ['Order Completed'] }],
    ['an order where nothing is listed', track('Order Completed'), {}],
  ])('is not %s', (_title, message, events) => {
    expect(isRefused(message, events)).toBe(false);
  });
});
