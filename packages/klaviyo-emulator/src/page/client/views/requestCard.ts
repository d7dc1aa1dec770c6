import type { PageData } from '../../describePage.ts';
import { accountBadge } from '../accountBadge.ts';
import { badge } from '../badge.ts';
import { control } from '../control.ts';
import { make } from '../make.ts';
import { plural } from '../plural.ts';
import { timeOf } from '../timeOf.ts';

type LoggedRequest = PageData['requests'][number];

const MAX_ERRORS = 5;
const TOO_MANY = 429;

/** One request: what it was, how it ended, and what is left of its limit. */
export function requestCard(entry: LoggedRequest): HTMLElement {
  const card = make(
    'article',
    { class: 'card' },
    make('div', { class: 'row' }, headOf(entry), factsOf(entry)),
    make('p', { class: 'meta mono' }, `${entry.method} ${entry.path}`),
  );
  const errors = entry.errors.slice(0, MAX_ERRORS).map(({ code, pointer }) => `${code} ${pointer ?? ''}`);
  if (errors.length > 0) card.append(make('p', { class: 'meta mono' }, errors.join(' \u00b7 ')));
  if (entry.bodyBytes > 0) card.append(bodyOf(entry));
  return card;
}

function headOf(entry: LoggedRequest): HTMLElement {
  const { status } = entry;
  const kind = status < 300 ? 'good' : status === TOO_MANY || status >= 500 ? 'wait' : 'bad';
  const name = make('span', { class: 'name' }, entry.operation ?? entry.method);
  const fault = entry.fault ? badge('fault', 'wait') : undefined;
  return make('span', { class: 'badges' }, badge(String(status), kind), name, fault, accountBadge(entry.account));
}

function factsOf(entry: LoggedRequest): HTMLElement {
  const { rateLimit } = entry;
  const left = rateLimit && `${rateLimit.remaining} of ${rateLimit.limit} left`;
  return make(
    'span',
    { class: 'meta numbers' },
    entry.items > 0 ? make('span', {}, plural(entry.items, 'item')) : undefined,
    left ? make('span', { title: `Starts again in ${rateLimit.resetSeconds} s` }, left) : undefined,
    timeOf(entry.time),
  );
}

/** The body is asked for when it is opened: bodies are large, and few are read. */
function bodyOf(entry: LoggedRequest): HTMLElement {
  const text = make('pre', { tabindex: 0 }, 'Loading');
  const details = make('details', { 'data-name': 'body', toggle: load });
  details.append(make('summary', {}, `Body, ${plural(entry.bodyBytes, 'byte')}`), text);
  async function load(): Promise<void> {
    if (!details.open) return;
    const answered = await control(`requests?id=${entry.id}`);
    // The route answers a list of logged requests; the wanted one may be gone.
    const [found] = answered.ok ? (answered.value as { id: number; requestBody: unknown }[]) : [];
    const kept = found?.id === entry.id ? found.requestBody : null;
    text.textContent = kept === null ? 'The body was not kept.' : JSON.stringify(kept, null, 2);
  }
  return details;
}
