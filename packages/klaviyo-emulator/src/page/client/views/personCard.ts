import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { make } from '../make.ts';
import { nameOf } from '../nameOf.ts';
import { plural } from '../plural.ts';
import { timeOf } from '../timeOf.ts';
import { consentBadges } from './consentBadges.ts';

export function personCard({ profile, events }: { profile: PageData['profiles'][number]; events: number }) {
  const open = () => {
    location.hash = `/profiles/${profile.id}`;
  };
  return make(
    'button',
    { class: 'card person', type: 'button', click: open },
    make('span', { class: 'name' }, nameOf(profile)),
    make(
      'span',
      { class: 'meta' },
      make('span', {}, plural(events, 'event')),
      timeOf(profile.updated),
      accountBadge(profile.account),
    ),
    consentBadges(profile),
  );
}
