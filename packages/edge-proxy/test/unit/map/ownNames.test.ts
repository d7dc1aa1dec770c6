import type { JsonObject } from '@sluice/shared';
import { mappingExamples } from '@sluice/shared/examples';
import { describe, expect, it } from 'vitest';
import type { EventItem } from '../../../src/map/item.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept } from './support/accept.ts';
import { makeSettings } from './support/settings.ts';

const settings = makeSettings({ trusted: true });
const eventsOf = (message: object) =>
  mapEvent(accept(message), settings).filter((item): item is EventItem => item.lane === 'events');

/** What reaches Klaviyo, by the name that it has there. */
const seen = ({ metric, uniqueId, value, properties }: EventItem) => ({ metric, uniqueId, value, properties });

/** A message such as Klaviyo's own scripts send: its name, its properties, its value. */
function asKlaviyo({ metric, uniqueId, value, properties }: EventItem): object {
  const $ = { ...(value !== undefined && { $value: value }), $event_id: uniqueId };
  return {
    type: 'track',
    event: metric,
    messageId: 'again',
    anonymousId: 'anon-1',
    properties: { ...$, ...properties },
  };
}

/** Lines of one SKU are told apart by their places, which a line by itself does not know: such need a `line_id`. */
const OF_PLACE = /^\w+:[\w-]+:\d+$/;

describe('an event that is sent again as it reached Klaviyo', () => {
  const tracked = mappingExamples.filter(({ in: { type }, config }) => type === 'track' && config === undefined);
  it.each(tracked)('is the same event: $title', ({ in: message }) => {
    const sent = eventsOf(message).filter(({ uniqueId }) => !OF_PLACE.test(uniqueId));
    const again = sent.map((item) => eventsOf(asKlaviyo(item))[0] as EventItem);
    expect(again.map(seen)).toEqual(sent.map(seen));
  });
});

describe('Ordered Product, line by line beside its order', () => {
  it('has the unique ids that the order gives its lines, so that each counts once', () => {
    const lines: JsonObject[] = [{ line_id: 'l-1', SKU: 'A' }, { SKU: 'B', ProductID: 'p-2' }, { ProductID: 'p-3' }];
    const [, ...ofOrder] = eventsOf({
      type: 'track',
      event: 'Placed Order',
      messageId: 'm1',
      properties: { OrderId: '7', Items: lines },
    });
    const alone = lines.flatMap((line, index) =>
      eventsOf({
        type: 'track',
        event: 'Ordered Product',
        messageId: `l${index}`,
        properties: { OrderId: 7, ...line },
      }),
    );
    expect(alone.map(seen)).toEqual(ofOrder.map(seen));
  });
});
