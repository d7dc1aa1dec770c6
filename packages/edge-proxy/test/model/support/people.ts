import type { Identifiers } from '../../../src/klaviyo/profileAttributes.ts';

export const PEOPLE = 2;
/** Addresses of each person, and devices. */
export const SEVERAL = 2;

/** Some of one person's identifiers. */
export interface Named {
  person: number;
  address?: number | undefined;
  phone?: true | undefined;
  user?: true | undefined;
  device?: number | undefined;
}

export const emailOf = (person: number, address: number) => `p${person}-${address}@shop.test`;
export const phoneOf = (person: number) => `+4144668180${person}`;
const userOf = (person: number) => `user-${person}`;
const deviceOf = (person: number, device: number) => `anon-${person}-${device}`;

/** The same as Klaviyo and the ledger know them. */
export function identify({ person, address, phone, user, device }: Named): Identifiers {
  return {
    ...(address === undefined ? {} : { email: emailOf(person, address) }),
    ...(phone && { phone_number: phoneOf(person) }),
    ...(user && { external_id: userOf(person) }),
    ...(device === undefined ? {} : { anonymous_id: deviceOf(person, device) }),
  };
}

/** Each of some identifiers as one text: `email ada@shop.test`. */
export function namesOf(who: Identifiers): string[] {
  return Object.entries(who).map(([kind, value]) => `${kind} ${value}`);
}

/** Whose an identifier is. */
export function personOf(name: string): number {
  return Number(/\d/.exec(name.replace('+4144668180', ''))?.[0]);
}

/** Everything that anybody in the shop is known by. */
export function everybody(): Identifiers[] {
  return Array.from({ length: PEOPLE }, (_, person) =>
    Array.from({ length: SEVERAL }, (_, n) => identify({ person, address: n, device: n, user: true, phone: true })),
  ).flat();
}
