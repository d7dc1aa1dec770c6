import type { PageData } from '../../describePage.ts';
import { byId } from '../byId.ts';
import { control } from '../control.ts';
import { say } from '../say.ts';
import { store } from '../store.ts';

const MINUTE_MS = 60_000;
const ISO_SECONDS_CHARS = 'YYYY-MM-DDTHH:MM:SS'.length;

/** The emulator's time, and whether it flows. */
export function showClock({ frozen }: PageData): void {
  const now = new Date(store.nowMs);
  setText('clock-now', now.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' }));
  setText('clock-utc', `${now.toISOString().slice(0, ISO_SECONDS_CHARS)}Z`);
  setText('clock-state', frozen ? 'frozen' : 'running');
  byId('clock-state', HTMLElement).className = `badge ${frozen ? 'wait' : 'good'}`;
  setText('clock-freeze', frozen ? 'Run' : 'Freeze');
  // Something to start from; afterwards the field is the person's own.
  const field = timeField();
  if (field.value === '' && document.activeElement !== field) field.value = toLocalInput(now);
}

export function startClock(): void {
  byId('clock-freeze', HTMLElement).addEventListener('click', () =>
    move({ frozen: !store.data?.frozen }, store.data?.frozen ? 'The clock runs.' : 'The clock stands still.'),
  );
  for (const button of document.querySelectorAll<HTMLElement>('[data-advance]'))
    button.addEventListener('click', () =>
      move({ advanceMs: Number(button.dataset.advance) }, `The clock is ${button.textContent} ahead of where it was.`),
    );
  byId('clock-set', HTMLElement).addEventListener('submit', (event) => {
    event.preventDefault();
    // A time without a zone is read in the browser's own.
    move({ set: new Date(timeField().value).toISOString() }, 'The clock is set.');
  });
}

async function move(how: Record<string, unknown>, done: string): Promise<void> {
  const answered = await control('clock', how);
  if (answered.ok) say(done);
}

const timeField = () => byId('clock-time', HTMLInputElement);

const toLocalInput = (time: Date) =>
  new Date(time.getTime() - time.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, ISO_SECONDS_CHARS);

function setText(id: string, text: string): void {
  const element = byId(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}
