import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { timeOf } from '../timeOf.ts';
import { within } from '../within.ts';
import { words } from '../words.ts';
import type { View } from './View.ts';

type Dropped = PageData['dropped'][number];

const REASONS: Record<string, string> = {
  unknown_profile_id: 'It names a profile id that does not exist.',
  reserved_domain: 'Klaviyo drops addresses at domains that are reserved for examples and tests.',
  duplicate: 'The same profile, metric and unique_id was there already.',
};

export const dropped: View = {
  count: ({ counts }) => counts.dropped,
  show(data) {
    // Rows have no id of their own; equal ones are numbered from the oldest, so that a new one moves no other.
    const seen = new Map<string, number>();
    const rows = data.dropped.toReversed().map((row) => {
      const print = JSON.stringify(row);
      const repeat = (seen.get(print) ?? 0) + 1;
      seen.set(print, repeat);
      return { key: `${print}#${repeat}`, data: row };
    });
    keepRows(within('dropped', '.rows'), rows.reverse(), { build: droppedCard, empty: 'Nothing was lost.' });
  },
};

function droppedCard(row: Dropped): HTMLElement {
  const name = make('span', { class: 'name' }, `${row.what === 'event' ? 'Event' : 'Profile'} lost`);
  return make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, name, badge(words(row.reason), 'bad')),
    make('p', { class: 'meta' }, REASONS[row.reason]),
    make(
      'p',
      { class: 'meta' },
      make('span', { class: 'mono' }, row.detail),
      timeOf(row.time),
      accountBadge(row.account),
    ),
  );
}
