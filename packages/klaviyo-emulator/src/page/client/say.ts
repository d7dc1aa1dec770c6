import { within } from './within.ts';

const STAYS_MS = 6000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What came of something the person did. Good news goes by itself, bad news stays until it is dismissed. */
export function say(text: string, kind: 'good' | 'bad' = 'good'): void {
  clearTimeout(timer);
  const message = within('said', 'p');
  message.textContent = text;
  message.className = text === '' ? '' : kind;
  within('said', 'button').hidden = kind === 'good' || text === '';
  if (kind === 'good' && text !== '') timer = setTimeout(() => say(''), STAYS_MS);
}
