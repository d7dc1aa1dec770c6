import type { Entry } from './createQueue.ts';

export interface Request {
  path: string;
  body: string;
}

/** The request for entries of one lane: messages share one, a decision has its own. */
export function buildRequest(entries: readonly Entry[], context: string, nowMs: number): Request {
  const sentAt = new Date(nowMs).toISOString();
  const [first] = entries;
  if (first && first.kind !== 'message') {
    return { path: `/v1/${first.kind}`, body: `${first.text.slice(0, -1)},"sentAt":"${sentAt}"}` };
  }
  const texts = entries.map(({ text }) => text).join(',');
  return { path: '/v1/batch', body: `{"sentAt":"${sentAt}","context":${context},"batch":[${texts}]}` };
}
