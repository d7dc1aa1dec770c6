import type { ConsentContext } from '../messages/schema.ts';
import { CATEGORY_SIGNALS } from './categorySignals.ts';

/** What one event brings that speaks of consent. */
export interface ConsentSignals {
  consent: ConsentContext | null | undefined;
  /** The purposes consented to in the decoded `consent.tcf`; undefined where there is none, or none that can be read. */
  tcfPurposes: TcfPurposes | undefined;
}

export interface TcfPurposes {
  has(purpose: number): boolean;
}

export type SignalAnswer = 'granted' | 'denied' | 'unknown';

/**
 * What an event's signals say together of the categories that are needed, all of them, not any. Pure.
 * A no by any signal is a no, whatever another says; a yes may come for each category from another signal.
 */
export function readAnswer(required: readonly string[], signals: ConsentSignals): SignalAnswer {
  let answer: SignalAnswer = 'granted';
  for (const category of required) {
    const said = readCategory(category, signals);
    if (said === 'denied') return said;
    if (said === 'unknown') answer = said;
  }
  return answer;
}

function readCategory(category: string, { consent, tcfPurposes }: ConsentSignals): SignalAnswer {
  const preferences = consent?.categoryPreferences;
  const preference = preferences && Object.hasOwn(preferences, category) ? preferences[category] : undefined;
  if (preference === false) return 'denied';
  const mode = readConsentMode(category, consent?.googleConsentMode);
  if (mode === 'denied') return mode;
  const tcf = readPurposes(category, tcfPurposes);
  if (tcf === 'denied') return tcf;
  return preference === true || mode === 'granted' || tcf === 'granted' ? 'granted' : 'unknown';
}

/** One type that is denied is a no; a yes needs them all. */
function readConsentMode(category: string, mode: ConsentContext['googleConsentMode']): SignalAnswer {
  const types = mode ? CATEGORY_SIGNALS.get(category)?.consentMode : undefined;
  if (!mode || !types || types.length === 0) return 'unknown';
  if (types.some((type) => mode[type] === 'denied')) return 'denied';
  return types.every((type) => mode[type] === 'granted') ? 'granted' : 'unknown';
}

/** A TCF string answers every purpose: what is not consented to in it is refused. */
function readPurposes(category: string, consented: TcfPurposes | undefined): SignalAnswer {
  const purposes = consented ? CATEGORY_SIGNALS.get(category)?.tcfPurposes : undefined;
  if (!consented || !purposes) return 'unknown';
  return purposes.every((purpose) => consented.has(purpose)) ? 'granted' : 'denied';
}
