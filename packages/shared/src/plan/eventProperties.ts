import type { CommerceEvents } from './commerceEvents.generated.ts';

/** Events of any name, besides the e-commerce events. */
export type AnyEvents = Record<string, object>;

/** The names of a shop's events and of the e-commerce events. */
export type EventName<Events> = string & keyof (CommerceEvents & Events);

/** What follows an event's name in `track`: its properties, which may be left out where none of them is needed. */
export type EventProperties<Events, Name extends EventName<Events>> =
  // biome-ignore lint/complexity/noBannedTypes: `{}` is the question here, not a value.
  {} extends (CommerceEvents & Events)[Name]
    ? [properties?: (CommerceEvents & Events)[Name]]
    : [properties: (CommerceEvents & Events)[Name]];
