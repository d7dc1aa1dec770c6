import { packBySize } from '../packBySize.ts';
import { MAX_BOUND_BYTES } from './limits.ts';

/** Things as JSON arrays, as few as are small enough to be bound each; none of nothing. The order is kept. */
export function bindable(things: readonly unknown[]): string[] {
  // A line feed stands in no line of JSON.
  return packBySize(things, MAX_BOUND_BYTES).map(({ text }) => `[${text.replaceAll('\n', ',')}]`);
}
