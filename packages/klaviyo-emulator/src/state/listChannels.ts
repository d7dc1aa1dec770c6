import type { ConsentChange, SubscriptionChannels } from '../wire.ts';
import type { ChannelName } from './types.ts';

export interface ChannelChange {
  channel: ChannelName;
  /** The identifier that the channel needs. */
  needs: 'email' | 'phone_number' | null;
  /** Path inside `subscriptions`, for pointers. */
  path: string;
  change: ConsentChange;
}

const PLACES = [
  ['email', 'email', 'email', 'marketing'],
  ['email_open_tracking', 'email', 'email', 'open_tracking'],
  ['sms', 'phone_number', 'sms', 'marketing'],
  ['sms_transactional', 'phone_number', 'sms', 'transactional'],
  ['whatsapp', 'phone_number', 'whatsapp', 'marketing'],
  ['whatsapp_transactional', 'phone_number', 'whatsapp', 'transactional'],
  ['whatsapp_conversational', 'phone_number', 'whatsapp', 'conversational'],
  ['push', null, 'push', 'marketing'],
] as const;

/** The channels a request names, flattened. Only these change; an identifier alone changes no consent. */
export function listChannels(subscriptions: SubscriptionChannels): ChannelChange[] {
  return PLACES.flatMap(([channel, needs, group, kind]) => {
    const inGroup: Partial<Record<string, unknown>> = { ...subscriptions[group] };
    const change = inGroup[kind];
    // The body's check ran: what stands at this place is a consent change.
    return change ? [{ channel, needs, path: `${group}/${kind}`, change: change as ConsentChange }] : [];
  });
}
