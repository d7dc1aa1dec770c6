/** Reads stored JSON; what is missing, damaged or no object becomes an empty object. */
export function parseObject(text: string | null | undefined): Record<string, unknown> {
  try {
    return { ...JSON.parse(text as string) };
  } catch {
    return {};
  }
}
