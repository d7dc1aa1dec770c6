import { make } from './make.ts';

export function badge(text: string, kind: 'good' | 'bad' | 'wait' | 'anonymous' | 'account' | '' = ''): HTMLElement {
  return make('span', { class: `badge ${kind}` }, text);
}
