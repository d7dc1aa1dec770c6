import { type Message, normalizeEmail } from '@sluice/shared';
import { boundId } from '../clean/boundId.ts';

/** The shop's own id of the person; a user id that is an e-mail address is not one. */
export function readExternalId({ userId }: Message): string | undefined {
  return userId && normalizeEmail(userId) === undefined ? boundId(userId) : undefined;
}
