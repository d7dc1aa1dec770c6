import type { Shape } from '../settings/Shape.ts';
import type { ControlRead } from './post.ts';

/** The value as what the shape describes, or what is wrong with it. */
export function readAs<T>(shape: Shape<T>, value: unknown): ControlRead<T> {
  const wrong = shape(value, '');
  // A Shape<T> objects to everything that is no T.
  return wrong === undefined ? { ok: true, value: value as T } : { ok: false, error: wrong };
}
