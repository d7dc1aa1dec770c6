import type { PageData } from '../../describePage.ts';
import { badge } from '../badge.ts';
import { make } from '../make.ts';
import { words } from '../words.ts';

export const CONSENT_KINDS = { SUBSCRIBED: 'good', UNSUBSCRIBED: 'bad', NEVER_SUBSCRIBED: '' } as const;

/** What may be sent to a person, at a glance. */
export function consentBadges(profile: PageData['profiles'][number]): HTMLElement {
  const badges = profile.anonymous ? [badge('anonymous', 'anonymous')] : [];
  for (const [label, { consent, pending }] of [
    ['Email', profile.consent.email],
    ['SMS', profile.consent.sms],
  ] as const) {
    if (consent !== 'NEVER_SUBSCRIBED') badges.push(badge(`${label} ${words(consent)}`, CONSENT_KINDS[consent]));
    if (pending.length > 0) badges.push(badge(`${label} awaits confirmation`, 'wait'));
  }
  for (const { reason } of profile.suppressions) badges.push(badge(`suppressed: ${words(reason)}`, 'bad'));
  return make('div', { class: 'badges' }, ...badges);
}
