import type { PageData } from '../describePage.ts';
import { byId } from './byId.ts';
import { say } from './say.ts';
import { showPage } from './showPage.ts';
import { store } from './store.ts';

const TIMEOUT_MS = 5000;

let tag = '';
let turn: Promise<void> = Promise.resolve();

/** Asks what is new and shows it. One question at a time, so that an older answer never replaces a newer one. */
export function refresh(): Promise<void> {
  turn = turn.then(ask);
  return turn;
}

async function ask(): Promise<void> {
  const answer = await read();
  if (!answer) return showReach('off', 'Not reachable, trying again');
  store.nowMs = answer.nowMs;
  if (answer.data) store.data = answer.data;
  showPage(answer.data !== undefined);
  const pending = store.data?.counts.pending ?? 0;
  showReach('on', pending > 0 ? `Live, ${pending} on their way` : 'Live');
}

async function read(): Promise<{ nowMs: number; data?: PageData } | undefined> {
  try {
    const headers: Record<string, string> = tag ? { 'if-none-match': tag } : {};
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch('/__emulator/page.json', { headers, cache: 'no-store', signal });
    const nowMs = Date.parse(response.headers.get('x-emulator-now') ?? '');
    if (response.status === 304) return { nowMs };
    // The route answers what describePage returned.
    const data = (await response.json()) as PageData;
    tag = response.headers.get('etag') ?? '';
    return { nowMs, data };
  } catch {
    return undefined;
  }
}

function showReach(state: 'on' | 'off', text: string): void {
  const live = byId('live', HTMLElement);
  if (state === 'off' && live.className !== 'off')
    say('The emulator is not reachable. What you see may be old.', 'bad');
  if (state === 'on' && live.className === 'off') say('The emulator is reachable again.');
  if (live.className !== state) live.className = state;
  const place = byId('live-text', HTMLElement);
  if (place.textContent !== text) place.textContent = text;
}
