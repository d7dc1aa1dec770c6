import { type Config, normalizeEmail } from '@sluice/shared';
import type { WholeMessage } from '../ingest/acceptedEvent.ts';
import type { Alias } from '../store/identities.ts';
import { boundId } from './clean/boundId.ts';
import { isPublicTrait } from './who/isPublicTrait.ts';

/**
 * What the aliases of a queue message state: `previousId`, a visitor's anonymous id, is `userId`. A page may name a user
 * by address alone, as an identify of its own could; whose another user id is only a server knows.
 */
export function linkAliases(body: WholeMessage, { identity }: Config): Alias[] {
  if (body.kind === 'subscribe') return [];
  const mayName = body.trusted || isPublicTrait('email', identity.publicTraits);
  return body.events.flatMap(({ message }) => {
    // An address for a previous id is a known person, and two known people never become one.
    if (message.type !== 'alias' || !message.userId || !message.previousId || normalizeEmail(message.previousId))
      return [];
    const email = mayName ? (normalizeEmail(message.userId) ?? null) : null;
    const user = body.trusted && email === null ? boundId(message.userId) : null;
    return email === null && user === null ? [] : [{ id: boundId(message.previousId), email, user }];
  });
}
