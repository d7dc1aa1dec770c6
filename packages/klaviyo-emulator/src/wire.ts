/** Request bodies as Klaviyo's OpenAPI spells them, after their check has passed. */

export interface Location {
  [field: string]: string | number | null | undefined;
}

export interface ProfileAttributes {
  email?: string | null;
  phone_number?: string | null;
  external_id?: string | null;
  anonymous_id?: string | null;
  _kx?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  organization?: string | null;
  locale?: string | null;
  title?: string | null;
  image?: string | null;
  location?: Location;
  properties?: Record<string, unknown> | null;
  /** Where create_event and the client endpoints put it. */
  meta?: ProfileMeta;
}

export interface ProfileMeta {
  patch_properties?: {
    append?: Record<string, unknown> | null;
    unappend?: Record<string, unknown> | null;
    unset?: string | string[] | null;
  };
}

export interface ProfileResource {
  type: 'profile';
  id?: string | null;
  attributes: ProfileAttributes;
  /** Where the bulk and profile endpoints put it. */
  meta?: ProfileMeta;
}

export interface EventAttributes {
  properties: Record<string, unknown>;
  time?: string | null;
  value?: number | null;
  value_currency?: string | null;
  unique_id?: string | null;
  backfill?: boolean | null;
  metric: { data: { attributes: { name: string; service?: string | null } } };
}

export interface CreateEventBody {
  data: { attributes: EventAttributes & { profile: { data: ProfileResource } } };
}

export interface EventGroup {
  attributes: {
    backfill?: boolean | null;
    profile: { data: ProfileResource };
    events: { data: { attributes: EventAttributes }[] };
  };
}

export interface BulkEventsBody {
  data: { attributes: { 'events-bulk-create': { data: EventGroup[] } } };
}

export interface ProfileBody {
  data: ProfileResource;
}

export interface ImportBody {
  data: {
    attributes: { profiles: { data: ProfileResource[] } };
    relationships?: { lists?: { data?: { id: string }[] } };
  };
}

export interface ConsentChange {
  consent: 'SUBSCRIBED' | 'UNSUBSCRIBED';
  consented_at?: string | null;
}

export interface SubscriptionChannels {
  email?: { marketing?: ConsentChange; open_tracking?: ConsentChange };
  sms?: { marketing?: ConsentChange; transactional?: ConsentChange };
  whatsapp?: { marketing?: ConsentChange; transactional?: ConsentChange; conversational?: ConsentChange };
  push?: { marketing?: ConsentChange; tokens?: { token: string }[] | null };
}

export interface SubscriptionProfile {
  id?: string | null;
  attributes: {
    email?: string | null;
    phone_number?: string | null;
    subscriptions: SubscriptionChannels;
    age_gated_date_of_birth?: string | null;
  };
}

export interface SubscriptionBody {
  data: {
    attributes: {
      custom_source?: string | null;
      historical_import?: boolean | null;
      profiles: { data: SubscriptionProfile[] };
    };
    relationships?: { list?: { data: { id: string } } };
  };
}

export interface ClientSubscriptionBody {
  data: {
    attributes: {
      custom_source?: string | null;
      profile: { data: ProfileResource & { attributes: { subscriptions?: SubscriptionChannels } } };
    };
    relationships: { list: { data: { id: string } } };
  };
}

export interface SuppressionBody {
  data: {
    attributes: { profiles?: { data: { attributes: { email: string } }[] } | null };
    relationships?: { list?: { data: { id: string } }; segment?: { data: { id: string } } };
  };
}

export interface MemberBody {
  data: { id: string }[];
}

export interface ListBody {
  data: {
    id?: string;
    attributes: { name?: string | null; opt_in_process?: 'double_opt_in' | 'single_opt_in' | null };
  };
}

export interface MergeBody {
  data: { id: string; relationships: { profiles: { data?: { id: string }[] } } };
}

export interface DeletionBody {
  data: {
    attributes: {
      profile: { data: { id?: string | null; attributes: { email?: string | null; phone_number?: string | null } } };
    };
  };
}

export interface WebhookBody {
  data: {
    id?: string;
    attributes: {
      name?: string | null;
      description?: string | null;
      endpoint_url?: string | null;
      secret_key?: string | null;
      enabled?: boolean | null;
    };
    relationships?: { 'webhook-topics'?: { data: { id: string }[] } };
  };
}

/** The route's check has passed on `body`, which guarantees the shape T. */
export function asChecked<T>(body: unknown): T {
  return body as T;
}
