import type { KlaviyoAnswer } from '../../klaviyo/client.ts';
import type { Operation } from '../../klaviyo/operations.ts';
import type { Outbox } from '../Outbox.ts';
import { addAnswer } from '../tables/answers.ts';

/** The last answer that was no success. Neither `detail` nor a body: those may quote a person. */
export interface LastError {
  operation: Operation;
  /** The HTTP status; `timeout` or `network` where no answer came. */
  status: string;
  /** Klaviyo's code of the first error. */
  code: string;
  /** Epoch milliseconds. */
  atMs: number;
}

/** Counts an answer of Klaviyo's, and how long it took. */
export function noteAnswer(outbox: Outbox, operation: Operation, answer: KlaviyoAnswer, tookMs: number): void {
  const now = outbox.now();
  const status = String(answer.kind === 'response' ? answer.status : answer.why);
  addAnswer(outbox.sql, { operation, status, tookMs }, now);
  if (answer.kind === 'response' && answer.status < 300) return;
  const code = answer.kind === 'response' ? (answer.errors?.[0]?.code ?? '') : '';
  outbox.lastError = { operation, status, code: isCode(code) ? code : '', atMs: now };
}

/** Klaviyo's codes are single words; anything else might be somebody's data. */
function isCode(text: string): boolean {
  return /^[a-z][a-z0-9_.-]{0,63}$/i.test(text);
}
