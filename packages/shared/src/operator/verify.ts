import * as z from 'zod';

/** The query of `GET /v1/operator/consent/verify`. */
export const VerifyQuerySchema = z.strictObject({
  account: z.string().min(1).max(200).default('main'),
  /** `next` of the page before. */
  cursor: z.string().max(200).default(''),
});
