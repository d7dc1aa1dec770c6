import type { Json } from '@sluice/shared';
import { MAX_VALUE } from '../limits.ts';
import { readNumber } from './readNumber.ts';
import { roundMoney } from './roundMoney.ts';

/** Reads an amount that can stand as an event's value: neither negative nor absurd. */
export function readMoney(value: Json | undefined): number | undefined {
  const amount = readNumber(value);
  return amount === undefined || amount < 0 || amount > MAX_VALUE ? undefined : roundMoney(amount);
}
