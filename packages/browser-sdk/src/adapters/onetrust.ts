import type { Sluice } from '../types.ts';

interface Page {
  OnetrustActiveGroups?: string;
  OneTrust?: { IsAlertBoxClosed(): boolean };
}

/**
 * Follows OneTrust. Its groups are default groups until the visitor has closed the banner, so nothing is said before.
 *
 * @param categories which group a category is
 * @example followOneTrust(sluice)
 */
export function followOneTrust(
  sluice: Pick<Sluice, 'consent'>,
  categories: Record<string, string> = { analytics: 'C0002', functional: 'C0003', marketing: 'C0004' },
): void {
  const look = () => {
    const { OneTrust, OnetrustActiveGroups = '' } = window as Page;
    if (!OneTrust?.IsAlertBoxClosed()) return;
    const active = OnetrustActiveGroups.split(',');
    const choices: Record<string, boolean> = {};
    for (const [category, group] of Object.entries(categories)) choices[category] = active.includes(group);
    sluice.consent(choices);
  };
  // https://developer.onetrust.com/onetrust/docs/javascript-events-guide: on each load, and on each change.
  addEventListener('OneTrustGroupsUpdated', look);
  look();
}
