import type { KlaviyoConsent } from '../../consent/reconcile/readSubscriptions.ts';
import { MAX_PROFILES_PER_PAGE } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { pacedCall } from '../pacedCall.ts';
import { heedAnswer } from '../readBack/heedAnswer.ts';
import { CONSENT_FIELDS, readConsentPage } from '../readBack/readConsents.ts';
import { openAt } from '../stops.ts';

/** What Klaviyo says of the consent of profiles, a page of them a call; undefined while it does not. */
export async function readProfiles(outbox: Outbox, ids: readonly string[]): Promise<KlaviyoConsent[] | undefined> {
  const call = pacedCall(outbox);
  const consents: KlaviyoConsent[] = [];
  for (let from = 0; from < ids.length; from += MAX_PROFILES_PER_PAGE) {
    if (openAt(outbox.stops, 'get_profiles') > outbox.now()) return undefined;
    const some = ids.slice(from, from + MAX_PROFILES_PER_PAGE).map((id) => JSON.stringify(id));
    const query = { ...CONSENT_FIELDS, filter: `any(id,[${some.join(',')}])` };
    const answer = await call({ operation: 'get_profiles', query });
    heedAnswer(outbox, 'get_profiles', answer);
    const read =
      answer.kind === 'response' && answer.status === 200 ? readConsentPage(answer.json, outbox.now()) : undefined;
    if (!read) return undefined;
    consents.push(...read);
  }
  return consents;
}
