import type { ConsentModeType } from '../messages/schema.ts';

/** What stands for one of the shop's categories in signals that do not know them. All of each is needed for a yes. */
export interface CategorySignals {
  consentMode: readonly ConsentModeType[];
  /** Purposes of IAB Europe's TCF by number, Policies version 4 (TCF 2.2), appendix A. */
  tcfPurposes: readonly number[];
}

const ADVERTISING: CategorySignals = {
  consentMode: ['ad_storage', 'ad_user_data', 'ad_personalization'],
  tcfPurposes: [1, 3, 4],
};

/**
 * By category; of any other category Consent Mode and TCF say nothing. Why these: docs/decisions/0010-consent-signals.md.
 * A Map, since a category may be called "constructor".
 */
export const CATEGORY_SIGNALS: ReadonlyMap<string, CategorySignals> = new Map([
  ['marketing', ADVERTISING],
  ['advertising', ADVERTISING],
  ['analytics', { consentMode: ['analytics_storage'], tcfPurposes: [1, 8, 9] }],
  ['personalization', { consentMode: [], tcfPurposes: [1, 5, 6] }],
]);
