import { MAX_REMEMBERED } from './limits.ts';

/**
 * The same function of one text, which keeps its latest answers: visitors share few browsers and few time zones.
 * For pure functions only, and never for a text that says who somebody is.
 */
export function rememberBy<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { value: T }>();
  return (text) => {
    const remembered = known.get(text);
    if (remembered) return remembered.value;
    const value = compute(text);
    // A Map is in order of insertion: the oldest goes.
    const [oldest] = known.size < MAX_REMEMBERED ? [] : known.keys();
    if (oldest !== undefined) known.delete(oldest);
    known.set(text, { value });
    return value;
  };
}
