import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { plural } from '../plural.ts';
import { timeOf } from '../timeOf.ts';
import { within } from '../within.ts';
import type { View } from './View.ts';

type Job = PageData['jobs'][number];

const KIND_NAMES: Record<string, string> = {
  'profile-bulk-import-job': 'Bulk import of profiles',
  'profile-suppression-bulk-create-job': 'Bulk suppression',
  'profile-suppression-bulk-delete-job': 'Bulk unsuppression',
};

export const jobs: View = {
  count: ({ counts }) => counts.jobs,
  show(data) {
    const rows = data.jobs.map((job) => ({ key: `${job.account}/${job.id}`, data: job }));
    const empty = 'No jobs yet. Bulk imports and bulk suppressions appear here.';
    keepRows(within('jobs', '.rows'), rows, { build: jobCard, empty });
  },
};

function jobCard(job: Job): HTMLElement {
  const name = make('span', { class: 'name' }, KIND_NAMES[job.kind] ?? job.kind);
  const status = badge(job.status, job.status === 'complete' ? 'good' : 'wait');
  return make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, name, status),
    make(
      'p',
      { class: 'meta' },
      make('span', { class: 'mono' }, job.id),
      timeOf(job.created),
      job.lists.length > 0 ? make('span', {}, `for ${job.lists.join(', ')}`) : undefined,
      accountBadge(job.account),
    ),
    make('p', { class: 'meta numbers' }, ...counts(job)),
    job.errorCount > 0 ? errorList(job) : undefined,
  );
}

function counts(job: Job): HTMLElement[] {
  const rest = { completed: job.completed, failed: job.failed, skipped: job.skipped };
  const shown = Object.entries(rest).filter(([name, count]) => name === 'completed' || count > 0);
  return [`${plural(job.total, 'profile')}`, ...shown.map(([name, count]) => `${count} ${name}`)].map((text) =>
    make('span', {}, text),
  );
}

function errorList(job: Job): HTMLElement {
  const rows = job.errors.map(({ code, pointer, detail }) =>
    make('li', {}, make('span', { class: 'mono' }, `${code} ${pointer}`), make('br'), detail),
  );
  const left = job.errorCount - job.errors.length;
  if (left > 0) rows.push(make('li', {}, `and ${left} more`));
  const summary = make('summary', {}, plural(job.errorCount, 'import error'));
  return make('details', { 'data-name': 'errors' }, summary, make('ul', { class: 'problems' }, ...rows));
}
