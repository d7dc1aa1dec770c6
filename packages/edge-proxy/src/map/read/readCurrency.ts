import type { Json } from '@sluice/shared';

/** Reads an ISO 4217 code ("eur" becomes "EUR"); anything else is no currency, because a wrong one would fail the event. */
export function readCurrency(value: Json | undefined): string | undefined {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : undefined;
}
