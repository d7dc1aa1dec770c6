import type * as z from 'zod';
import type { Config, RuleInput } from '../config/schema.ts';
import type { JsonObject } from '../json.ts';
import type { MessageSchema } from '../messages/schema.ts';

/** One message as a client sends it, and what of it reaches Klaviyo. Tests replay these, the documentation prints them. */
export interface MappingExample {
  title: string;
  /** Whose key it came with. @default 'browser' */
  from?: 'browser' | 'server';
  /** What differs from the default configuration. */
  config?: {
    events?: Partial<Config['events']>;
    identity?: Partial<Config['identity']>;
    rules?: RuleInput[];
  };
  in: z.input<typeof MessageSchema>;
  out: ExampleItem[];
}

export type ExampleItem = ExampleEvent | ExampleProfile | ExampleMember;

/** A Klaviyo event. */
export interface ExampleEvent {
  metric: string;
  unique_id: string;
  /** Major units. */
  value?: number;
  /** ISO 4217. */
  currency?: string;
  profile: ExampleIdentifiers;
  properties: JsonObject;
}

/** A change of a Klaviyo profile. */
export interface ExampleProfile {
  profile: ExampleIdentifiers;
  /** Klaviyo's attributes besides the identifiers. */
  attributes: JsonObject;
  /** Changes that a plain value cannot say. */
  patch?: { append?: JsonObject; unappend?: JsonObject; unset?: string[] };
}

/** A place on a Klaviyo list, which changes no one's consent. */
export interface ExampleMember {
  profile: ExampleIdentifiers;
  addTo: string;
}

export interface ExampleIdentifiers {
  email?: string;
  phone_number?: string;
  external_id?: string;
  anonymous_id?: string;
  _kx?: string;
}
