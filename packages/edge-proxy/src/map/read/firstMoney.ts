import type { JsonObject } from '@sluice/shared';
import { readMoney } from './readMoney.ts';

/** The first of these properties that holds a usable amount. */
export function firstMoney(properties: JsonObject, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const amount = readMoney(properties[key]);
    if (amount !== undefined) return amount;
  }
  return undefined;
}
