import { isClockTime } from '../clock.ts';
import type { Emulator } from '../Emulator.ts';
import { fields, flag, takes } from '../settings/shapes.ts';
import { parseTime } from '../validate/time.ts';
import type { ControlRead } from './post.ts';
import { readAs } from './readAs.ts';

interface ClockMove {
  frozen?: boolean;
  set?: number | string;
  advanceMs?: number;
}

const asMs = (time: unknown) => (typeof time === 'number' ? time : parseTime(time));
const TIME = 'milliseconds since 1970 or an ISO 8601 time, up to the year 9999';

const SHAPE = fields<ClockMove>({
  frozen: flag,
  set: takes(TIME, (value) => isClockTime(asMs(value))),
  advanceMs: takes('whole milliseconds', Number.isInteger),
});

/** Everything is looked at before anything changes. */
export function moveClock({ clock }: Emulator, body: unknown): ControlRead<void> {
  const read = readAs(SHAPE, body);
  if (!read.ok) return read;
  const { frozen, set, advanceMs } = read.value;
  if (set === undefined && advanceMs === undefined && frozen === undefined)
    return { ok: false, error: "Give 'set', 'advanceMs' or 'frozen'." };
  const toMs = (asMs(set) ?? clock.now()) + (advanceMs ?? 0);
  if (!isClockTime(toMs)) return { ok: false, error: "'advanceMs' leaves the years 1970 to 9999." };
  if (frozen !== undefined) clock.freeze(frozen);
  if (set !== undefined || advanceMs !== undefined) clock.set(toMs);
  return { ok: true, value: undefined };
}
