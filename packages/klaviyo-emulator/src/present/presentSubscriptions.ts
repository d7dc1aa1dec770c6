import type { ChannelState, Profile } from '../state/types.ts';
import { isoTime } from './wireForms.ts';

/** What `additional-fields[profile]=subscriptions` adds. Written as `push`, read as `mobile_push`, as Klaviyo has it. */
export function presentSubscriptions(profile: Profile) {
  const { channels } = profile;
  return {
    email: { marketing: presentEmail(profile), open_tracking: presentOpen(channels.email_open_tracking, null) },
    sms: {
      marketing: {
        can_receive_sms_marketing: reachable(channels.sms, profile.phoneNumber),
        ...presentChannel(channels.sms),
      },
      transactional: {
        can_receive_sms_transactional: reachable(channels.sms_transactional, profile.phoneNumber),
        ...presentChannel(channels.sms_transactional),
      },
    },
    mobile_push: {
      marketing: {
        can_receive_push_marketing: channels.push.consent === 'SUBSCRIBED',
        consent: channels.push.consent,
        consent_timestamp: isoTime(channels.push.timestampMs),
      },
    },
    whatsapp: {
      marketing: presentOpen(channels.whatsapp, profile.phoneNumber),
      transactional: presentOpen(channels.whatsapp_transactional, profile.phoneNumber),
      conversational: presentOpen(channels.whatsapp_conversational, profile.phoneNumber),
    },
  };
}

const reachable = (state: ChannelState, phone: string | null) => state.consent === 'SUBSCRIBED' && phone !== null;

function presentChannel(state: ChannelState) {
  return {
    consent: state.consent,
    consent_timestamp: isoTime(state.timestampMs),
    method: state.method,
    method_detail: state.customSource,
    last_updated: isoTime(state.updatedMs),
  };
}

function presentEmail(profile: Profile) {
  const state = profile.channels.email;
  return {
    // Whoever never decided may be mailed by Klaviyo's rules; only a suppression forbids it.
    can_receive_email_marketing: profile.email !== null && profile.suppressions.length === 0,
    ...presentChannel(state),
    custom_method_detail: state.customSource,
    double_optin: state.doubleOptIn,
    suppression: profile.suppressions.map(({ reason, atMs }) => ({ reason, timestamp: isoTime(atMs) })),
    list_suppressions: profile.listSuppressions.map(({ listId, reason, atMs }) => ({
      list_id: listId,
      reason,
      timestamp: isoTime(atMs),
    })),
  };
}

function presentOpen(state: ChannelState, phone: string | null) {
  return {
    can_receive: state.consent === 'SUBSCRIBED',
    consent: state.consent,
    consent_timestamp: isoTime(state.timestampMs),
    last_updated: isoTime(state.updatedMs),
    created_timestamp: isoTime(state.timestampMs),
    metadata: {},
    valid_until: null,
    ...(phone === null ? {} : { phone_number: phone }),
  };
}
