/**
 * Writes a message as JSON. What JSON cannot hold costs the least that it can: BigInt becomes a string, and of
 * properties or traits only the one that cannot be written (a cycle, a getter that throws) is left out.
 */
export function toJson(message: Record<string, unknown>): string {
  try {
    return JSON.stringify(message);
  } catch {
    const plain: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(message)) plain[name] = isBag(value) ? salvage(value) : value;
    return JSON.stringify(plain, replaceBigInt);
  }
}

function salvage(bag: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(bag)) {
    try {
      const text = JSON.stringify((bag as Record<string, unknown>)[name], replaceBigInt);
      if (text !== undefined) kept[name] = JSON.parse(text);
    } catch {
      // This one property is lost, and the event is not.
    }
  }
  return kept;
}

const isBag = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const replaceBigInt = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);
