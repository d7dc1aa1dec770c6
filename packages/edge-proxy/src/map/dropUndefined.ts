type WithUndefined<T> = { [K in keyof T]: T[K] | undefined };

/** Leaves out what is undefined. The cast is sound: a key that remains has a value of its type. */
export function dropUndefined<T extends object>(object: WithUndefined<T>): T {
  const rest: Partial<WithUndefined<T>> = {};
  for (const key of Object.keys(object) as (keyof T)[]) if (object[key] !== undefined) rest[key] = object[key];
  return rest as T;
}
