import { guard } from './guard.ts';

/**
 * Copies properties as plain JSON data. BigInt becomes a string; a property that cannot be written (a cycle, a getter
 * that throws, a function, a DOM node, undefined) is left out and passed to `onLost`, and the others stay.
 */
export const toPlain = (source: object | undefined, onLost: (property: string) => void): Record<string, unknown> => {
  const plain: Record<string, unknown> = {};
  const replaceUnfit = (_key: string, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value instanceof Node ? undefined : value;
  for (const property of Object.keys(source ?? {})) {
    const text = guard(() => JSON.stringify((source as Record<string, unknown>)[property], replaceUnfit));
    if (text) plain[property] = JSON.parse(text);
    else onLost(property);
  }
  return plain;
};
