import type { Sluice } from '../types.ts';

interface TcData {
  eventStatus?: string;
  gdprApplies?: boolean;
  purpose?: { consents?: Record<string, boolean> };
}
type TcfApi = (command: 'addEventListener', version: 2, callback: (data: TcData, isOk: boolean) => void) => void;

/**
 * Follows an IAB TCF v2.2 consent manager through `__tcfapi`. Where the GDPR does not apply it says nothing.
 *
 * @param categories which purposes a category needs, all of them; 1 is storing on the device, 3 and 4 personalised ads,
 * 8 measuring content
 * @example followTcf(sluice)
 */
export function followTcf(
  sluice: Pick<Sluice, 'consent'>,
  categories: Record<string, number[]> = { marketing: [1, 3, 4], analytics: [1, 8] },
): void {
  const { __tcfapi } = window as { __tcfapi?: TcfApi };
  __tcfapi?.('addEventListener', 2, ({ eventStatus, gdprApplies, purpose }, isOk) => {
    // `cmpuishown` is the question, not an answer.
    if (!isOk || gdprApplies === false || !/^(tcloaded|useractioncomplete)$/.test(eventStatus ?? '')) return;
    const choices: Record<string, boolean> = {};
    for (const [category, needed] of Object.entries(categories))
      choices[category] = needed.every((id) => purpose?.consents?.[id] === true);
    sluice.consent(choices);
  });
}
