import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { plural } from '../plural.ts';
import { timeOf } from '../timeOf.ts';
import { within } from '../within.ts';
import type { View } from './View.ts';

type Webhook = PageData['webhooks'][number];

export const webhooks: View = {
  count: ({ counts }) => counts.webhooks,
  show(data) {
    const rows = data.webhooks.map((webhook) => ({ key: `${webhook.account}/${webhook.id}`, data: webhook }));
    const empty = 'No webhooks. They are created by the API.';
    keepRows(within('webhooks', '.rows'), rows, { build: webhookCard, empty });
  },
};

function webhookCard(webhook: Webhook): HTMLElement {
  const state = webhook.enabled ? badge('enabled', 'good') : badge('disabled', 'bad');
  return make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, make('span', { class: 'name' }, webhook.name), state),
    make('p', { class: 'meta mono' }, webhook.endpoint_url),
    make(
      'p',
      { class: 'meta numbers' },
      make('span', { class: 'mono' }, webhook.id),
      make('span', {}, webhook.waiting === 0 ? 'nothing waits' : `${plural(webhook.waiting, 'event')} waiting`),
      accountBadge(webhook.account),
    ),
    failingOf(webhook),
    make('div', { class: 'badges' }, ...webhook.topics.map((topic) => badge(topic))),
  );
}

function failingOf({ failing }: Webhook): HTMLElement | undefined {
  if (!failing) return undefined;
  return make(
    'p',
    { class: 'meta' },
    badge(`failed ${plural(failing.attempts, 'time')}`, 'bad'),
    make('span', {}, 'since ', timeOf(failing.since)),
    make('span', {}, 'asked again ', timeOf(failing.retry_at)),
  );
}
