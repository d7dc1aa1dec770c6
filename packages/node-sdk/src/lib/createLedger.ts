/** What became of a message, its id left out: whoever asks knows it. */
export type Verdict = { ok: true } | { ok: false; reason: string; path?: string; message?: string };

export const DELIVERED: Verdict = { ok: true };

export type Ledger = ReturnType<typeof createLedger>;

/**
 * What became of the entries of a page. It outlives them, because a caller may ask at any time: what was refused is
 * written down, and whatever else was answered was delivered. Entries are settled in their order.
 */
export function createLedger() {
  const refusals = new Map<number, Verdict>();
  const watchers = new Map<number, (verdict: Verdict) => void>();
  let settled = 0;
  return {
    settle(at: number, verdict: Verdict): void {
      settled = at + 1;
      if (!verdict.ok) refusals.set(at, verdict);
      watchers.get(at)?.(verdict);
      watchers.delete(at);
    },
    /** Tells one who asks for an entry: now, or when it is settled. */
    watch(at: number, watcher: (verdict: Verdict) => void): void {
      if (at >= settled) watchers.set(at, watcher);
      else watcher(refusals.get(at) ?? DELIVERED);
    },
  };
}
