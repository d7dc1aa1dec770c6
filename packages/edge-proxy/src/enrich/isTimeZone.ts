import { rememberBy } from './rememberBy.ts';

/** Ours: the longest name of the IANA database has 32 characters. */
const MAX_LENGTH = 64;

/** True for a name of the IANA time zone database, such as "Europe/Vienna". Offsets ("+02:00") are none. */
export function isTimeZone(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && /^[A-Z]/i.test(value) && isKnown(value);
}

const isKnown = rememberBy((timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
});
