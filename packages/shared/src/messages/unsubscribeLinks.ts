import type { ErrorCode } from '../codes.ts';
import { MAX_LINKS_PER_REQUEST, MAX_LIST_ID_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';

/** One link to make: of whom, by their address, and of one list or of all marketing by that channel. */
export const LinkOrderSchema = z
  .strictObject({
    email: z.nullish(z.string()),
    phone: z.nullish(z.string()),
    list: z.nullish(z.string().check(z.minLength(1), z.maxLength(MAX_LIST_ID_LENGTH))),
  })
  .check(
    z.refine(({ email, phone }) => Boolean(email) !== Boolean(phone), 'expected exactly one of "email" and "phone"'),
  );
export type LinkOrder = z.infer<typeof LinkOrderSchema>;

/** The body of `POST /v1/unsubscribe/links`. Each link is checked by itself: a bad address costs no other its link. */
export const LinksSchema = z.strictObject({
  writeKey: z.nullish(z.string()),
  links: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_LINKS_PER_REQUEST)),
});

/** A link for one mail, with the header fields of RFC 8058 that it goes into. */
export interface IssuedLink {
  /** Where it stood in the request. */
  index: number;
  url: string;
  headers: { 'List-Unsubscribe': string; 'List-Unsubscribe-Post': string };
}

/** The 200 of `POST /v1/unsubscribe/links`. */
export interface LinksAnswer {
  links: IssuedLink[];
  rejected: { index: number; code: ErrorCode; message: string }[];
  requestId: string;
}
