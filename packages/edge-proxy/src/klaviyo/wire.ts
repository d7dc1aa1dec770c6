import type { JsonObject } from '@sluice/shared';
import type { Identifiers, ProfileAttributes } from './profileAttributes.ts';

/**
 * Klaviyo's request bodies as they travel (snake case), revision 2026-07-15.
 * A test holds them to Klaviyo's OpenAPI specification.
 */
interface WireProfile<Attributes> {
  data: { type: 'profile'; attributes: Attributes };
}

export interface WireEvent {
  type: 'event';
  attributes: {
    metric: { data: { type: 'metric'; attributes: { name: string } } };
    properties: JsonObject;
    time: string;
    unique_id: string;
    value?: number;
    value_currency?: string;
    /** Recorded without starting flows. */
    backfill?: true;
  };
}

export interface WireEventGroup {
  type: 'event-bulk-create';
  attributes: { profile: WireProfile<Identifiers & ProfileAttributes>; events: { data: WireEvent[] } };
}

export interface BulkCreateEvents {
  data: { type: 'event-bulk-create-job'; attributes: { 'events-bulk-create': { data: WireEventGroup[] } } };
}

export interface WireImportedProfile {
  type: 'profile';
  attributes: Omit<Identifiers, 'anonymous_id' | '_kx'> & ProfileAttributes;
}

export interface BulkImportProfiles {
  data: {
    type: 'profile-bulk-import-job';
    attributes: { profiles: { data: WireImportedProfile[] } };
    relationships?: { lists: { data: { type: 'list'; id: string }[] } };
  };
}

/** Changes of single properties that a plain value cannot say. */
export interface ProfilePatch {
  /** Adds values to lists. */
  append?: JsonObject;
  /** Takes values out of lists. */
  unappend?: JsonObject;
  /** Removes properties. */
  unset?: string[];
}

export interface CreateOrUpdateProfile {
  data: WireImportedProfile & { meta?: { patch_properties: ProfilePatch } };
}

interface Subscribed {
  marketing: { consent: 'SUBSCRIBED'; consented_at?: string };
}

export interface WireSubscription {
  type: 'profile';
  attributes: {
    email?: string;
    phone_number?: string;
    age_gated_date_of_birth?: string;
    subscriptions: { email?: Subscribed; sms?: Subscribed };
  };
}

export interface BulkSubscribeProfiles {
  data: {
    type: 'profile-subscription-bulk-create-job';
    attributes: { custom_source: string; historical_import?: true; profiles: { data: WireSubscription[] } };
    relationships?: { list: { data: { type: 'list'; id: string } } };
  };
}

interface Unsubscribed {
  marketing: { consent: 'UNSUBSCRIBED' };
}

export interface WireUnsubscription {
  type: 'profile';
  attributes: { email?: string; phone_number?: string; subscriptions: { email?: Unsubscribed; sms?: Unsubscribed } };
}

/** Without a list, always: Klaviyo unsubscribes from everything who is no member of the list that is named. */
export interface BulkUnsubscribeProfiles {
  data: {
    type: 'profile-subscription-bulk-delete-job';
    attributes: { profiles: { data: WireUnsubscription[] } };
  };
}

/** With exactly one identifier. */
export interface RequestProfileDeletion {
  data: {
    type: 'data-privacy-deletion-job';
    attributes: {
      profile: { data: { type: 'profile'; id?: string; attributes: { email?: string; phone_number?: string } } };
    };
  };
}

export interface RemoveProfilesFromList {
  data: { type: 'profile'; id: string }[];
}
