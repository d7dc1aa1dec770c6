/** Replaces lone surrogates: UTF-8 cannot carry them, and one would fail the whole call to Klaviyo. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
