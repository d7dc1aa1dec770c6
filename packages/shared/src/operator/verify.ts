import * as z from '../zod.ts';

/** The query of `GET /v1/operator/consent/verify`. */
export const VerifyQuerySchema = z.strictObject({
  account: z._default(z.string().check(z.minLength(1), z.maxLength(200)), 'main'),
  /** `next` of the page before. */
  cursor: z._default(z.string().check(z.maxLength(200)), ''),
});
