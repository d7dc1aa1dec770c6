export function money(value: number, currency: string | null): string {
  if (!currency) return String(value);
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(value);
  } catch {
    // Klaviyo takes any text for a currency.
    return `${value} ${currency}`;
  }
}
