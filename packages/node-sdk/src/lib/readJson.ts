/** Reads our own JSON again; what is damaged becomes an empty object. */
export function readJson(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
