import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { plural } from '../plural.ts';
import { within } from '../within.ts';
import { memberRows } from './memberRows.ts';
import type { View } from './View.ts';

export const segments: View = {
  count: ({ counts }) => counts.segments,
  show(data) {
    const rows = data.segments.map((segment) => ({ key: `${segment.account}/${segment.id}`, data: segment }));
    const empty = 'No segments. POST one to /__emulator/segments, or start the emulator with some.';
    keepRows(within('segments', '.rows'), rows, { build: segmentCard, empty });
  },
};

function segmentCard(segment: PageData['segments'][number]): HTMLElement {
  return make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, make('span', { class: 'name' }, segment.name)),
    make(
      'p',
      { class: 'meta' },
      make('span', { class: 'mono' }, segment.id),
      make('span', {}, plural(segment.size, 'member')),
      accountBadge(segment.account),
    ),
    make('p', { class: 'meta mono' }, segment.where === '' ? 'everybody' : segment.where),
    memberRows(segment.members),
  );
}
