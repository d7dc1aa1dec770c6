const PAUSE_MS = 100;
const MAX_SHOWN = 4000;

interface Wait<T> {
  /** Reads the state. What it throws counts as "not yet". */
  look: () => T | Promise<T>;
  isEnough: (seen: T) => boolean;
  /** @default 30000 */
  timeoutMs?: number;
}

/** Looks again and again until what it sees is enough, and returns that. The failure shows what was seen last. */
export async function waitFor<T>(what: string, { look, isEnough, timeoutMs = 30_000 }: Wait<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last = 'nothing';
  do {
    try {
      const seen = await look();
      if (isEnough(seen)) return seen;
      last = JSON.stringify(seen, null, 2) ?? String(seen);
    } catch (error) {
      last = error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  } while (Date.now() < deadline);
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}. Seen last: ${last.slice(0, MAX_SHOWN)}`);
}
