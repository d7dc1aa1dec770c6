import { type Check, complain } from './check.ts';

/** An array within its bounds, each item checked under its index. */
export function array(item: Check, bounds: { min?: number; max?: number; what: string }): Check {
  return (value, at, on) => {
    if (!Array.isArray(value)) return complain(on, at, `'${bounds.what}' must be an array.`);
    if (value.length < (bounds.min ?? 0)) complain(on, at, `At least ${bounds.min} ${bounds.what} must be given.`);
    if (value.length > (bounds.max ?? Number.POSITIVE_INFINITY))
      return complain(on, at, `At most ${bounds.max} ${bounds.what} may be given, received ${value.length}.`);
    for (const [index, member] of value.entries()) item(member, `${at}/${index}`, on);
  };
}
