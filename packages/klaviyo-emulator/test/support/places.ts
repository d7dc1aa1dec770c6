/** A value inside a body: its JSON pointer, and whether its keys are the caller's own, such as custom properties. */
export interface Place {
  readonly at: string;
  readonly value: unknown;
  readonly free: boolean;
}

const FREE = ['properties', 'append', 'unappend'];
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place of a body but its root. */
export function listPlaces(body: unknown, at = '', free = false): Place[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    const place = { at: `${at}/${key}`, value, free };
    return [place, ...listPlaces(value, place.at, free || (FREE.includes(key) && isRecord(value)))];
  });
}

/** The body with the value at a pointer replaced; undefined removes it, which JSON does by itself. */
export function replaceAt(body: unknown, at: string, change: (value: unknown) => unknown): unknown {
  if (at === '') return change(body);
  const [, key = '', ...rest] = at.split('/');
  const inner = (value: unknown) => replaceAt(value, rest.length > 0 ? `/${rest.join('/')}` : '', change);
  if (Array.isArray(body)) return body.map((item, index) => (String(index) === key ? inner(item) : item));
  // fromEntries defines members of its own, also one that is called __proto__.
  const entries = Object.entries(Object(body)).map(([name, value]) => [name, name === key ? inner(value) : value]);
  return Object.fromEntries(entries);
}

export const addKey = (key: string, value: unknown) => (object: unknown) =>
  Object.fromEntries([...Object.entries(Object(object)), [key, value]]);
