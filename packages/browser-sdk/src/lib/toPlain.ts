function replaceUnfit(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  return value instanceof Node ? undefined : value;
}

/**
 * Copies properties as plain JSON data. BigInt becomes a string; a property that cannot be written (a cycle, a getter
 * that throws, a function, a DOM node) is left out and passed to `onLost`, and the others stay.
 */
export function toPlain(source: object | undefined, onLost: (property: string) => void): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const property of Object.keys(source ?? {})) {
    try {
      const value = (source as Record<string, unknown>)[property];
      if (value !== undefined) plain[property] = JSON.parse(JSON.stringify(value, replaceUnfit));
    } catch {
      onLost(property);
    }
  }
  return plain;
}
