import type { ConsentShop } from './ConsentShop.ts';
import { namesOf } from './people.ts';

/** Something of one person that came to Klaviyo: the nth call of all. */
export interface Arrival {
  call: number;
  what: 'event' | 'profile' | 'sign-up';
  /** The message that it came of; undefined where a call does not show it. */
  messageId: string | undefined;
  names: string[];
  /** Of a sign-up. */
  channel?: 'email' | 'sms';
  list?: string;
}

type Attributes = Record<string, unknown>;
interface Resource {
  attributes: Attributes;
  relationships?: { list?: { data: { id: string } } };
}
interface Rows {
  data: Resource[];
}

/** What each call brought, from the request log alone. Calls that Klaviyo did not take brought nothing. */
export function readCalls(shop: ConsentShop): Arrival[] {
  return shop.klaviyo.requests().flatMap(({ operation, requestBody, status }, call): Arrival[] => {
    if (status >= 300 || requestBody === null) return [];
    const { data } = requestBody as { data: Resource };
    switch (operation) {
      case 'bulk_create_events':
        return (data.attributes['events-bulk-create'] as Rows).data.flatMap(({ attributes }) => {
          const who = namesOf(identifiersOf((attributes.profile as { data: Resource }).data.attributes));
          return (attributes.events as Rows).data.map(({ attributes: event }) => {
            const [messageId] = String(event.unique_id).split(':');
            return { call, what: 'event' as const, messageId, names: who };
          });
        });
      case 'bulk_import_profiles':
        return (data.attributes.profiles as Rows).data.map(({ attributes }) => ({
          call,
          what: 'profile',
          messageId: typeof attributes.first_name === 'string' ? attributes.first_name : undefined,
          names: namesOf(identifiersOf(attributes)),
        }));
      case 'bulk_subscribe_profiles':
        return (data.attributes.profiles as Rows).data.flatMap(({ attributes }) =>
          Object.keys(attributes.subscriptions as object).map((channel) => ({
            call,
            what: 'sign-up' as const,
            messageId: undefined,
            names: namesOf(identifiersOf(attributes)).filter((name) => name.startsWith(ADDRESS_OF[channel] ?? '')),
            channel: channel as 'email' | 'sms',
            list: data.relationships?.list?.data.id ?? '',
          })),
        );
      default:
        return [];
    }
  });
}

const ADDRESS_OF: Record<string, string> = { email: 'email ', sms: 'phone_number ' };

function identifiersOf({ email, phone_number, external_id, anonymous_id }: Attributes) {
  return JSON.parse(JSON.stringify({ email, phone_number, external_id, anonymous_id }));
}
