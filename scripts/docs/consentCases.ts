import { CATEGORY_SIGNALS, type ConsentContext, type ConsentModeType, type ConsentSignals } from '@sluice/shared';

export interface ConsentCase {
  /** In words for somebody who writes no code. */
  says: string;
  signals: ConsentSignals;
}

const MARKETING = CATEGORY_SIGNALS.get('marketing');
if (!MARKETING) throw new Error('docs/consent.md explains the category "marketing"');
const [, ...otherPurposes] = MARKETING.tcfPurposes;
const [firstType, ...otherTypes] = MARKETING.consentMode;

const banner = (marketing: boolean): ConsentContext => ({ categoryPreferences: { marketing } });
const mode = (state: 'granted' | 'denied', types: readonly ConsentModeType[] = MARKETING.consentMode) => ({
  googleConsentMode: Object.fromEntries(types.map((type) => [type, state])),
});
const said = (consent: ConsentContext | null, tcfPurposes?: Iterable<number>): ConsentSignals => ({
  consent,
  tcfPurposes: tcfPurposes && new Set(tcfPurposes),
});

/** What the browser of a visitor may say where a policy needs "marketing": each signal alone, and where they disagree. */
export const CONSENT_CASES: readonly ConsentCase[] = [
  { says: 'nothing', signals: said(null) },
  { says: 'banner: yes to marketing', signals: said(banner(true)) },
  { says: 'banner: no to marketing', signals: said(banner(false)) },
  {
    says: 'banner: answered for other categories only',
    signals: said({ categoryPreferences: { analytics: true } }),
  },
  { says: 'Global Privacy Control, and nothing else', signals: said({ gpc: true }) },
  { says: 'Global Privacy Control, and a yes of the banner', signals: said({ ...banner(true), gpc: true }) },
  { says: 'Consent Mode: all types for marketing granted', signals: said(mode('granted')) },
  {
    says: 'Consent Mode: one of them denied, the others granted',
    signals: said({ googleConsentMode: { ...mode('granted').googleConsentMode, [`${firstType}`]: 'denied' } }),
  },
  { says: 'Consent Mode: one of them not mentioned, the others granted', signals: said(mode('granted', otherTypes)) },
  { says: 'TCF: consent to all purposes for marketing', signals: said(null, MARKETING.tcfPurposes) },
  { says: 'TCF: consent to all of them but one', signals: said(null, otherPurposes) },
  { says: 'TCF: a string that cannot be read', signals: said({ tcf: 'unreadable' }) },
  { says: 'a yes of the banner, a no of Consent Mode', signals: said({ ...banner(true), ...mode('denied') }) },
  { says: 'a yes of the banner, a no of TCF', signals: said(banner(true), []) },
  {
    says: 'a no of the banner, a yes of Consent Mode and TCF',
    signals: said({ ...banner(false), ...mode('granted') }, MARKETING.tcfPurposes),
  },
];
