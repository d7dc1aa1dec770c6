import type { TcfPurposes } from '@sluice/shared';
import { readTcf } from './readTcf.ts';

/** `readTcf` for one request: the messages of a visitor all bring the same string, and it is decoded once. */
export function rememberTcf(): (text: string | null | undefined) => TcfPurposes | undefined {
  let last: { text: string; purposes: TcfPurposes | undefined } | undefined;
  return (text) => {
    if (!text) return undefined;
    if (last?.text !== text) last = { text, purposes: readTcf(text) };
    return last.purposes;
  };
}
