import { readText } from './createArena.ts';
import type { Entry } from './createQueue.ts';

export interface Request {
  path: string;
  body: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const COMMA = 0x2c;
const CLOSE = encoder.encode(']}');

/** The request for entries of one lane: messages share one, a decision has its own. */
export function buildRequest(entries: readonly Entry[], context: string, nowMs: number): Request {
  const sentAt = new Date(nowMs).toISOString();
  const [first] = entries;
  if (first && first.kind !== 'message') {
    const text = readText(first);
    return { path: `/v1/${first.kind}`, body: encoder.encode(`${text.slice(0, -1)},"sentAt":"${sentAt}"}`) };
  }
  const open = encoder.encode(`{"sentAt":"${sentAt}","context":${context},"batch":[`);
  return { path: '/v1/batch', body: join(open, entries) };
}

/** Opening, messages with commas between them, closing. */
function join(open: Uint8Array, entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const bytes = entries.reduce((sum, { start, end }) => sum + end - start, 0);
  const body = new Uint8Array(open.length + bytes + Math.max(0, entries.length - 1) + CLOSE.length);
  body.set(open);
  let at = open.length;
  for (const { chunk, start, end } of entries) {
    if (at > open.length) body[at++] = COMMA;
    body.set(chunk.subarray(start, end), at);
    at += end - start;
  }
  body.set(CLOSE, at);
  return body;
}
