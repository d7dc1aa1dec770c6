import type { Shape } from './Shape.ts';

/** Throws a TypeError that names the place, what was expected there and what came. */
export function mustBe(shape: Shape, value: unknown): void {
  const wrong = shape(value, '');
  if (wrong !== undefined) throw new TypeError(wrong);
}
