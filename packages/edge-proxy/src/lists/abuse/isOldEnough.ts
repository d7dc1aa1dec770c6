import type { Config } from '@sluice/shared';

/** The day begins last at twelve hours behind UTC: who is old enough there is so everywhere. */
const LAST_ZONE_MS = 12 * 3_600_000;

/** Whether somebody may sign up for SMS, by their date of birth (`YYYY-MM-DD`). Where their country is not known, the highest age counts. */
export function isOldEnough(
  dateOfBirth: string | undefined,
  country: string | undefined,
  { config, receivedAtMs }: { config: Config; receivedAtMs: number },
): boolean {
  const age = ageFor(country, config.signUps.minimumAge);
  if (age === undefined) return true;
  const [year = 0, month = 0, day = 0] = (dateOfBirth ?? '').split('-').map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  // Other days, such as 31 February, are pushed on to one that there is.
  if (dateOfBirth === undefined || born.getUTCMonth() !== month - 1 || year < 1900) return false;
  return Date.UTC(year + age, month - 1, day) <= receivedAtMs - LAST_ZONE_MS;
}

function ageFor(country: string | undefined, ages: Config['signUps']['minimumAge']): number | undefined {
  if (ages === null || typeof ages === 'number') return ages ?? undefined;
  if (country === undefined) return Object.values(ages).sort((a, b) => b - a)[0];
  return Object.hasOwn(ages, country) ? ages[country] : ages.else;
}
