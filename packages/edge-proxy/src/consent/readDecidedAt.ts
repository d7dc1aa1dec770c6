import type { Source } from '@sluice/shared';

/** A page's clock proves nothing; a server may report an earlier decision, never a later one. Epoch milliseconds. */
export function readDecidedAt(
  timestamp: string | null | undefined,
  { source, receivedAtMs }: { source: Source; receivedAtMs: number },
): number {
  const claimed = Date.parse(timestamp ?? '');
  return source.kind === 'public' || Number.isNaN(claimed) ? receivedAtMs : Math.min(claimed, receivedAtMs);
}
