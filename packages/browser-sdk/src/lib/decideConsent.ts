import type { ConsentState } from '../types.ts';

/** Pure: what the visitor's choices mean for tracking. All required categories count, not any; a refusal wins. */
export function decideConsent(
  preferences: Record<string, unknown>,
  required: string[],
  globalPrivacyControl: boolean,
): ConsentState {
  if (globalPrivacyControl || required.some((category) => preferences[category] === false)) return 'denied';
  return required.every((category) => preferences[category] === true) ? 'granted' : 'unknown';
}

/** Pure: what the state means for messages. Granted ones are stored and sent, unknown ones held, denied ones refused. */
export function decidePermission(state: ConsentState, isOptOut: boolean): ConsentState {
  return state === 'unknown' && isOptOut ? 'granted' : state;
}
