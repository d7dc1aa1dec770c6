import { refresh } from './refresh.ts';
import { say } from './say.ts';

type Answered = { ok: true; value: unknown } | { ok: false };

/** One request to the emulator's control routes. What went wrong is said in plain words; the page then catches up. */
export async function control(name: string, body?: unknown): Promise<Answered> {
  const answered = await ask(name, body);
  if (body !== undefined) await refresh();
  return answered;
}

async function ask(name: string, body: unknown): Promise<Answered> {
  try {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`/__emulator/${name}`, { ...init, cache: 'no-store' });
    const value: unknown = await response.json();
    if (response.ok) return { ok: true, value };
    say(`The emulator refused: ${reasonIn(value) ?? `status ${response.status}`}`, 'bad');
  } catch {
    say('The emulator did not answer. Is it still running?', 'bad');
  }
  return { ok: false };
}

function reasonIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'error' in value ? String(value.error) : undefined;
}
