import type { ConsentRequest, SubscribeRequest, UnsubscribeRequest } from '../types.ts';
import { toIso } from './describeMessage.ts';

/** The bodies of `/v1/subscribe` and `/v1/unsubscribe`: what the shop says, with an id and a time. */
export function describeDecision(request: SubscribeRequest | UnsubscribeRequest, messageId: string) {
  return { ...request, messageId, timestamp: toIso(request.timestamp) };
}

/** The body of `/v1/consent`. */
export function describeConsent({ categoryPreferences, ...rest }: ConsentRequest, messageId: string) {
  return { ...rest, messageId, timestamp: toIso(rest.timestamp), consent: { categoryPreferences } };
}
