import type { PageData } from '../../describePage.ts';
import { byId } from '../byId.ts';
import { keepRows } from '../keepRows.ts';
import { within } from '../within.ts';
import { requestCard } from './requestCard.ts';
import type { View } from './View.ts';

type LoggedRequest = PageData['requests'][number];

export const requests: View = {
  count: ({ requests: logged }) => logged.length,
  show(data) {
    const filter = readFilter();
    const rows = data.requests.filter((entry) => matches(entry, filter));
    const empty = data.requests.length === 0 ? 'No requests yet.' : 'No request like this.';
    keepRows(
      within('requests', '.rows'),
      rows.map((entry) => ({ key: String(entry.id), data: entry })),
      { build: requestCard, empty },
    );
  },
};

function readFilter() {
  const status = document.querySelector<HTMLInputElement>('#requests input[name=status]:checked')?.value ?? '';
  return { status, text: byId('find-request', HTMLInputElement).value.trim().toLowerCase() };
}

function matches(entry: LoggedRequest, { status, text }: { status: string; text: string }): boolean {
  const right = status === 'fault' ? entry.fault : String(entry.status).startsWith(status);
  return right && `${entry.operation ?? ''} ${entry.method} ${entry.path}`.toLowerCase().includes(text);
}
