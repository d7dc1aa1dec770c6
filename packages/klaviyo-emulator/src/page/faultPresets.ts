import type { Fault } from '../control/faults.ts';

export interface FaultPreset {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly fault: Fault;
}

/** The misbehaviours that the page offers; each may be narrowed to an operation, a count and a probability. */
export const FAULT_PRESETS: readonly FaultPreset[] = [
  { id: 'outage', name: 'Outage', hint: '503 and no effect', fault: { status: 503 } },
  {
    id: 'storm',
    name: '429 storm',
    hint: 'Retry-After of 10 seconds',
    fault: { status: 429, retryAfterSeconds: 10 },
  },
  { id: 'challenge', name: 'HTML challenge', hint: '403 page of a CDN, no JSON', fault: { status: 403, html: true } },
  { id: 'slow', name: 'Slow', hint: 'answers after 5 seconds', fault: { delayMs: 5000 } },
  { id: 'reset', name: 'Connection reset', hint: 'closes without an answer', fault: { close: true } },
  { id: 'truncated', name: 'Truncated', hint: 'half an answer, then closes', fault: { truncate: true } },
  { id: 'hang', name: 'Hang', hint: 'never answers, until ended', fault: { hang: true } },
  { id: 'lost', name: 'Answer lost', hint: 'takes effect, then 502', fault: { after: true } },
];
