import { ADA, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';

type Json = Record<string, unknown>;

/** Ada's consent after an unsubscribe from everything. */
export const GLOBAL = 'email UNSUBSCRIBED, suppressed UNSUBSCRIBE';

/** Both addresses in one entry; channels as named. */
export const both = (...parts: { subscriptions: Json }[]): Json => ({
  email: ADA,
  phone_number: PHONE,
  subscriptions: Object.assign({}, ...parts.map(({ subscriptions }) => subscriptions)),
});

/** Ada's consent after each step. */
export const eachStep = (...steps: ((shop: Shop) => unknown)[]): Rule['scene'] =>
  inShop(async (shop) => {
    const seen = [];
    for (const step of steps) {
      await step(shop);
      seen.push(shop.consent());
    }
    return seen;
  });
