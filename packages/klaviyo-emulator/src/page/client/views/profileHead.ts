import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { make } from '../make.ts';
import { nameOf } from '../nameOf.ts';
import { properties } from '../properties.ts';
import { consentBadges } from './consentBadges.ts';
import { consentCard } from './consentCard.ts';
import { optOutButtons } from './optOutButtons.ts';

type Profile = PageData['profiles'][number];

/** Everything about one person but the timeline. */
export function profileHead({ profile, lists }: { profile: Profile; lists: Record<string, string> }): HTMLElement {
  const channels = Object.entries(profile.consent).filter(
    ([name, { updated, pending }]) => name === 'email' || name === 'sms' || updated !== null || pending.length > 0,
  );
  const cards = channels.map(([channel, view]) => consentCard(profile, { channel, view, lists }));
  return make(
    'div',
    {},
    make('h2', { tabindex: -1, id: 'who' }, nameOf(profile), ' ', accountBadge(profile.account)),
    consentBadges(profile),
    properties(identify(profile)),
    make('h3', {}, 'Consent'),
    make('div', { class: 'consents' }, ...cards),
    optOutButtons(profile),
    ...memberships(profile, lists),
    ...more(profile),
    make('h3', {}, 'Timeline'),
  );
}

function identify(profile: Profile): Record<string, unknown> {
  const known = Object.entries({
    'E-mail': profile.email,
    Phone: profile.phone_number,
    'External id': profile.external_id,
    'Anonymous ids': profile.anonymous_ids.join(', '),
    Id: profile.id,
    ...profile.attributes,
  });
  return Object.fromEntries(known.filter(([, value]) => value));
}

function memberships(profile: Profile, lists: Record<string, string>): HTMLElement[] {
  const badges = [
    ...profile.lists.map((id) => badge(lists[id] ?? id, 'good')),
    ...profile.list_suppressions.map(({ list }) => badge(`left ${lists[list] ?? list}`, 'bad')),
  ];
  return badges.length > 0 ? [make('h3', {}, 'Lists'), make('div', { class: 'badges' }, ...badges)] : [];
}

function more(profile: Profile): HTMLElement[] {
  const located = Object.keys(profile.location).length > 0 ? { location: profile.location } : {};
  const record = { ...profile.properties, ...located };
  return Object.keys(record).length > 0 ? [make('h3', {}, 'Properties'), properties(record)] : [];
}
