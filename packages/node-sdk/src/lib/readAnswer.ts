import { DELIVERED, type Verdict } from './createLedger.ts';
import { type Answer, type Rejected, readCode } from './post.ts';

/** What a final answer means for each of so many entries of its request. */
export function readAnswer({ status, data }: Answer, count: number): Verdict[] {
  if (status >= 300) {
    const { message = '' } = Object(data.error) as { message?: unknown };
    return Array(count).fill({ ok: false, reason: readCode(data) ?? `http_${status}`, message: String(message) });
  }
  const verdicts: Verdict[] = Array(count).fill(DELIVERED);
  // From the network: whatever shape it has, it must not throw.
  for (const rejected of Array.isArray(data.rejected) ? data.rejected : []) {
    const { index, code, path } = Object(rejected) as Partial<Rejected>;
    if (index !== undefined && verdicts[index])
      verdicts[index] = { ok: false, reason: String(code), ...(typeof path === 'string' && { path }) };
  }
  return verdicts;
}
