/** What is wrong with the value at `path`, in one sentence; undefined where the value is a T. */
export interface Shape<T = unknown> {
  (value: unknown, path: string): string | undefined;
  /** Never there: it ties the shape to the type that it describes. */
  readonly describes?: T;
}
