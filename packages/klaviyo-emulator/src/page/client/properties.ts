import { make } from './make.ts';
import { plural } from './plural.ts';

/** A record as a list of terms; what is nested opens on demand. */
export function properties(record: Record<string, unknown>): HTMLElement {
  const list = make('dl', { class: 'props' });
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    list.append(make('dt', {}, key), make('dd', {}, nested(value) ? opener(key, value) : String(value)));
  }
  return list;
}

const nested = (value: unknown): value is object => typeof value === 'object' && value !== null;

function opener(key: string, value: object): HTMLElement {
  const size = Array.isArray(value) ? plural(value.length, 'item') : plural(Object.keys(value).length, 'field');
  const text = make('pre', { tabindex: 0 }, JSON.stringify(value, null, 2));
  return make('details', { 'data-name': key }, make('summary', {}, size), text);
}
