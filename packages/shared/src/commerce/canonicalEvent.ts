import { type CommerceEvent, METRIC_OF_EVENT } from './names.ts';

/** Two events share Viewed Product; under Klaviyo's name it is the product's page. */
const SHARED: ReadonlySet<string> = new Set(['Product Clicked']);

/** Spellings in use: Klaviyo's guide has "Canceled" beside "Cancelled", its Magento extension "Added To Cart". */
const SPELLINGS: Readonly<Record<string, CommerceEvent>> = {
  'Added To Cart': 'Product Added',
  'Canceled Order': 'Order Cancelled',
  'Order Canceled': 'Order Cancelled',
};

/** A Map: an event named "constructor" must not find what an object inherits. */
const eventOfName = new Map<string, string>([
  ...Object.entries(METRIC_OF_EVENT).flatMap(([event, metric]) =>
    SHARED.has(event) ? [] : [[metric, event] as const],
  ),
  ...Object.entries(SPELLINGS),
]);

/** The event's name in Segment's specification, whichever name it came by: "Placed Order" is "Order Completed". */
export function canonicalEvent(name: string): string {
  return eventOfName.get(name) ?? name;
}
