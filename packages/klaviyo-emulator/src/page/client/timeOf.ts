import { make } from './make.ts';
import { store } from './store.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const JUST_NOW_SECONDS = 5;

const shown = new Set<WeakRef<HTMLTimeElement>>();

/** A time as its distance from the emulator's present, which refreshTimes keeps true. */
export function timeOf(iso: string): HTMLTimeElement {
  const element = make('time', { datetime: iso, title: new Date(iso).toLocaleString() }, ago(iso));
  shown.add(new WeakRef(element));
  return element;
}

export function refreshTimes(): void {
  for (const ref of shown) {
    const element = ref.deref();
    if (!element) shown.delete(ref);
    else if (element.textContent !== ago(element.dateTime)) element.textContent = ago(element.dateTime);
  }
}

function ago(iso: string): string {
  const seconds = Math.round((store.nowMs - Date.parse(iso)) / 1000);
  if (Math.abs(seconds) < JUST_NOW_SECONDS) return 'just now';
  if (Math.abs(seconds) >= DAY_SECONDS) return new Date(iso).toLocaleDateString();
  return seconds < 0 ? `in ${distance(-seconds)}` : `${distance(seconds)} ago`;
}

function distance(seconds: number): string {
  if (seconds < MINUTE_SECONDS) return `${seconds} s`;
  if (seconds < HOUR_SECONDS) return `${Math.floor(seconds / MINUTE_SECONDS)} min`;
  return `${Math.floor(seconds / HOUR_SECONDS)} h`;
}
