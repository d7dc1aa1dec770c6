import type { ClockOptions } from '../clock.ts';
import { MAX_TIME_MS } from '../limits.ts';
import type { EmulatorOptions } from '../options.ts';
import { isObject } from '../validate/object.ts';
import { ACCOUNTS } from './accounts.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { LIMITS } from './limits.ts';
import type { Shape } from './Shape.ts';
import { anything, callable, fields, flag, takes, text, whole, wholeOrAll } from './shapes.ts';

const delay = whole(0);
const range = fields({ min: delay, max: delay }, ['min', 'max']);
const rising = takes(
  'a min that is not above its max',
  (value) => isObject(value) && Number(value.min) <= Number(value.max),
);
const delayOrRange: Shape<number | { min: number; max: number }> = (value, path) =>
  isObject(value) ? (range(value, path) ?? rising(value, path)) : delay(value, path);

const startMs = whole(0, MAX_TIME_MS);

/** What a file can say too: everything but functions. */
const PLAIN = {
  accounts: ACCOUNTS,
  seed: text,
  visibilityDelayMs: delayOrRange,
  jobStepMs: delay,
  dropReservedDomains: flag,
  assume: ASSUMPTIONS,
  keep: fields({ events: wholeOrAll(0), profiles: wholeOrAll(0), jobs: wholeOrAll(0) }),
  limits: LIMITS,
  requestLog: fields({ maxEntries: whole(1), maxBodyBytes: whole(0), maxBytes: whole(0) }),
};

export type PlainOptions = Pick<EmulatorOptions, keyof typeof PLAIN> & { clock?: Omit<ClockOptions, 'source'> };

export const PLAIN_OPTIONS = fields<PlainOptions>({ ...PLAIN, clock: fields({ startMs, frozen: flag }) });

export const EMULATOR_OPTIONS = fields<EmulatorOptions>({
  ...PLAIN,
  clock: fields<ClockOptions>({ startMs, frozen: flag, source: callable }),
  snapshot: anything,
  onChange: callable,
  sleep: callable,
  fetch: callable,
});
