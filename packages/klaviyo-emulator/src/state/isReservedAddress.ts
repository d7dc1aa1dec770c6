/** Klaviyo accepts events and profiles at these domains with a 202 and then drops them. */
export function isReservedAddress(email: string | null | undefined): boolean {
  return /@(example|test)\.com$/i.test(email ?? '');
}
