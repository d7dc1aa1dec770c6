import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { make } from '../make.ts';
import { money } from '../money.ts';
import { personLink } from '../personLink.ts';
import { properties } from '../properties.ts';
import { timeOf } from '../timeOf.ts';

/** One event; without an owner where the whole page is about that person. */
export function eventCard({ event, owner }: { event: PageData['events'][number]; owner?: string }): HTMLElement {
  // What Klaviyo records of its own accord comes from no request.
  const own = event.integration === 'Klaviyo' ? badge('by Klaviyo') : undefined;
  const backfill = event.backfill ? badge('backfill', 'wait') : undefined;
  const name = make('span', { class: 'name' }, event.metric, ' ', own, backfill);
  const value =
    event.value === null ? undefined : make('span', { class: 'value' }, money(event.value, event.value_currency));
  const about = make(
    'p',
    { class: 'meta' },
    owner === undefined ? undefined : personLink(event.profile, owner),
    timeOf(event.time),
    event.unique_id === null ? undefined : make('span', { class: 'mono', title: 'unique_id' }, event.unique_id),
    owner === undefined ? undefined : accountBadge(event.account),
  );
  return make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, name, value),
    about,
    properties(event.properties),
  );
}
