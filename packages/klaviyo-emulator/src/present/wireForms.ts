/** RFC 3339 in UTC with Klaviyo's `+00:00`; null stays null. */
export function isoTime<T extends number | null>(ms: T): T extends null ? null : string;
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace(/(\.000)?Z$/, '+00:00');
}

/** A JSON:API relationship by its links alone. */
export function relation(self: string, name: string) {
  return { links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` } };
}
