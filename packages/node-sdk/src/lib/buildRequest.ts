import { bytesOf, type Entry, kindOf, readText } from './createQueue.ts';

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
  if (first && kindOf(first) !== 'message') {
    const text = readText(first);
    return { path: `/v1/${kindOf(first)}`, body: encoder.encode(`${text.slice(0, -1)},"sentAt":"${sentAt}"}`) };
  }
  const open = encoder.encode(`{"sentAt":"${sentAt}","context":${context},"batch":[`);
  return { path: '/v1/batch', body: join(open, entries.map(bytesOf)) };
}

/** Opening, messages with commas between them, closing. */
function join(open: Uint8Array, messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = messages.reduce((sum, { length }) => sum + length, 0);
  const body = new Uint8Array(open.length + bytes + Math.max(0, messages.length - 1) + CLOSE.length);
  body.set(open);
  let at = open.length;
  for (const message of messages) {
    if (at > open.length) body[at++] = COMMA;
    body.set(message, at);
    at += message.length;
  }
  body.set(CLOSE, at);
  return body;
}
