type WithUndefined<T> = { [K in keyof T]: T[K] | undefined };

/** Leaves out what is undefined. The cast is sound: a key that remains has a value of its type. */
export function dropUndefined<T extends object>(object: WithUndefined<T>): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
