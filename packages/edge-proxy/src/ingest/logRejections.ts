import type { IngestAnswer } from '@sluice/shared';

/** One structured log line for a request of which something was refused: how many, by code. Never what or whose. */
export function logRejections(source: string, accepted: number, rejected: IngestAnswer['rejected']): void {
  if (rejected.length === 0) return;
  const codes: Record<string, number> = {};
  for (const { code } of rejected) codes[code] = (codes[code] ?? 0) + 1;
  console.log(JSON.stringify({ message: 'rejected', source, received: accepted + rejected.length, accepted, codes }));
}
