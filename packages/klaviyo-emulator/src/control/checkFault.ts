import { MAX_TIMER_MS } from '../limits.ts';
import { OPERATIONS } from '../operations.ts';
import { isObject } from '../validate/object.ts';
import type { Fault } from './faults.ts';

type Rule = { readonly takes: string; readonly holds: (value: unknown) => boolean };

const isWhole = (value: unknown, min: number) => Number.isInteger(value) && Number(value) >= min;
const isFraction = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
const isDelay = (value: unknown) => typeof value === 'number' && value >= 0 && value <= MAX_TIMER_MS;
const isOperation = (value: unknown) => typeof value === 'string' && Object.hasOwn(OPERATIONS, value);
// Answers without a body are not what any fault is: https://fetch.spec.whatwg.org/#null-body-status
const BODYLESS = [204, 205, 304];
const isStatus = (value: unknown) => isWhole(value, 200) && Number(value) <= 599 && !BODYLESS.includes(Number(value));

const WHOLE: Rule = { takes: 'a whole number of 0 or more', holds: (value) => isWhole(value, 0) };
const FLAG: Rule = { takes: 'true or false', holds: (value) => typeof value === 'boolean' };

const RULES: Record<keyof Fault, Rule> = {
  operation: {
    takes: "a known operation id such as 'create_event', or a list of them",
    holds: (value) => (Array.isArray(value) ? value.length > 0 && value.every(isOperation) : isOperation(value)),
  },
  status: { takes: 'a status from 200 to 599 that has a body', holds: isStatus },
  count: { takes: 'a whole number of 1 or more, or -1', holds: (value) => value === -1 || isWhole(value, 1) },
  skip: WHOLE,
  probability: { takes: 'a number from 0 to 1', holds: isFraction },
  html: FLAG,
  // What is more, setTimeout takes for 1.
  delayMs: { takes: `milliseconds from 0 to ${MAX_TIMER_MS}`, holds: isDelay },
  retryAfterSeconds: WHOLE,
  body: { takes: 'anything', holds: () => true },
  after: FLAG,
  close: FLAG,
  truncate: FLAG,
  hang: FLAG,
};

/** Who answers nothing has no say in the answer. */
const CONTRADICTIONS: readonly [keyof Fault, readonly (keyof Fault)[]][] = [
  ['hang', ['status', 'html', 'body', 'retryAfterSeconds', 'delayMs', 'close', 'truncate']],
  ['close', ['status', 'html', 'body', 'retryAfterSeconds', 'truncate']],
  ['html', ['body']],
];

/** What is wrong with a fault, in one sentence; undefined where nothing is. */
export function checkFault(fault: unknown): string | undefined {
  if (!isObject(fault)) return 'A fault is an object.';
  const rules = new Map<string, Rule>(Object.entries(RULES));
  for (const [key, value] of Object.entries(fault)) {
    const rule = rules.get(key);
    if (!rule) return `'${key}' is not a field of a fault.`;
    if (value !== undefined && !rule.holds(value)) return `'${key}' of a fault takes ${rule.takes}.`;
  }
  const says = (key: keyof Fault) => fault[key] !== undefined && fault[key] !== false;
  for (const [key, others] of CONTRADICTIONS) {
    const other = says(key) ? others.find(says) : undefined;
    if (other !== undefined) return `'${key}' of a fault leaves no room for '${other}'.`;
  }
  return undefined;
}
