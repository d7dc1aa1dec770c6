import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { plural } from '../plural.ts';
import { within } from '../within.ts';
import { memberRows } from './memberRows.ts';
import type { View } from './View.ts';

export const lists: View = {
  count: ({ counts }) => counts.lists,
  show(data) {
    const rows = data.lists.map((list) => ({ key: `${list.account}/${list.id}`, data: list }));
    keepRows(within('lists', '.rows'), rows, { build: listCard, empty: 'No lists.' });
  },
};

function listCard(list: PageData['lists'][number]): HTMLElement {
  const double = list.opt_in_process === 'double_opt_in';
  return make(
    'article',
    { class: 'card' },
    make(
      'div',
      { class: 'row' },
      make('span', { class: 'name' }, list.name),
      badge(double ? 'double opt-in' : 'single opt-in', double ? 'wait' : 'good'),
    ),
    make(
      'p',
      { class: 'meta' },
      make('span', { class: 'mono' }, list.id),
      make('span', {}, plural(list.size, 'member')),
      accountBadge(list.account),
    ),
    memberRows(list.members),
  );
}
