/** The record without the members that are null or undefined. */
export function withoutNulls<T extends object>(record: T): T {
  // Only keys are removed, so the result is still a T with optional members.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined)) as T;
}
