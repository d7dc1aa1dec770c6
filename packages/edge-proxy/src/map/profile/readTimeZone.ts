import type { Json } from '@sluice/shared';

/** The form of a name in the IANA time zone database: "UTC", "Europe/Oslo", "America/Argentina/Buenos_Aires". */
const NAME = /^(?:UTC|GMT|[A-Z][A-Za-z_]{1,20}(?:\/[A-Za-z0-9_+-]{1,30}){1,2})$/;

/** Reads a time zone's name. */
export function readTimeZone(value: Json | undefined): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}
