import { checkFault } from './checkFault.ts';
import type { Fault } from './faults.ts';
import type { ControlRead } from './post.ts';

/** One fault or a list of faults; an empty list ends all faults. */
export function asFaults(body: unknown): ControlRead<Fault[]> {
  const faults: unknown[] = Array.isArray(body) ? body : [body];
  for (const fault of faults) {
    const error = checkFault(fault);
    if (error !== undefined) return { ok: false, error };
  }
  // checkFault looked at every key and every value.
  return { ok: true, value: faults as Fault[] };
}
