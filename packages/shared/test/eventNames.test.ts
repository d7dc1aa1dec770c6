import { describe, expect, it } from 'vitest';
import { canonicalEvent, coversEvent, METRIC_OF_EVENT, metricsOf } from '../src/index.ts';

describe('the names of an event', () => {
  it('lead to the same metrics from either side', () => {
    const metrics = Object.entries(METRIC_OF_EVENT).map(([event, metric]) => [metricsOf(event), metricsOf(metric)]);
    expect(metrics.filter(([ofEvent, ofMetric]) => String(ofEvent) !== String(ofMetric))).toEqual([]);
  });

  it.each([
    ['Viewed Product', 'Product Viewed'],
    ['Placed Order', 'Order Completed'],
    ['Canceled Order', 'Order Cancelled'],
    ['Added To Cart', 'Product Added'],
    ['Product Clicked', 'Product Clicked'],
    ['Ordered Product', 'Ordered Product'],
    ['constructor', 'constructor'],
    ['Ping', 'Ping'],
  ])('%s is %s', (name, event) => {
    expect(canonicalEvent(name)).toBe(event);
  });

  it.each([
    [true, ['Order Completed'], 'Placed Order'],
    [true, ['Placed Order'], 'Order Completed'],
    [true, ['Order Completed'], 'Ordered Product'],
    [false, ['Ordered Product'], 'Order Completed'],
    [true, ['Ping'], 'Ping'],
    [false, ['Ping'], 'Pong'],
    [false, [], 'Ping'],
  ] as const)('are %s covered by %j: %s', (expected, names, event) => {
    expect(coversEvent(names, event)).toBe(expected);
  });
});
