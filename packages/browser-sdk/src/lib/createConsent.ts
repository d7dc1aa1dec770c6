import type { ConsentState, SluiceOptions } from '../types.ts';
import { decideConsent, decidePermission } from './decideConsent.ts';
import type { Store } from './openStore.ts';
import { parseObject } from './parseObject.ts';

/** One key for all write keys: the visitor decides for the shop, not for a source. */
export const CONSENT_KEY = 'sluice.consent';

export type Consent = ReturnType<typeof createConsent>;

/** The visitor's choices, read afresh each time: another tab may have changed them. */
export function createConsent(store: Store, { consentMode, requiredCategories = ['marketing'] }: SluiceOptions) {
  const read = () => parseObject(store._get(CONSENT_KEY));
  // https://www.w3.org/TR/gpc/: sent by some browsers and extensions, absent in others.
  const hasGpc = () => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  const state = (): ConsentState => decideConsent(read(), requiredCategories, hasGpc());
  return {
    _state: state,
    _permission: () => decidePermission(state(), consentMode === 'opt-out'),
    _context: () => ({ categoryPreferences: read(), ...(hasGpc() && { gpc: true }) }),
    _save(preferences: Record<string, unknown>) {
      store._set(CONSENT_KEY, JSON.stringify({ ...read(), ...preferences }));
    },
  };
}
