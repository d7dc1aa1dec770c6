import type { Config } from '@sluice/shared';
import type { WholeMessage } from '../ingest/acceptedEvent.ts';
import type { Identity } from '../store/identities.ts';
import { boundId } from './clean/boundId.ts';
import { identifyContacts } from './who/identifyVisitor.ts';
import { readDialCountry } from './who/readDialCountry.ts';

/**
 * The links between ids and addresses that a queue message states.
 * A user id is linked on a server's word alone: a page could claim any, and so divert another person's events.
 */
export function linkIdentities(body: WholeMessage, config: Config): Identity[] {
  if (body.kind === 'subscribe') {
    const { anonymousId, email, phone } = body.subscription;
    // One address: a number beside it may be someone else's.
    return anonymousId
      ? [{ kind: 'anonymous', id: anonymousId, email: email ?? null, phone: email ? null : (phone ?? null) }]
      : [];
  }
  const { trusted, receivedAtMs } = body;
  return body.events.flatMap((event) => {
    const { message } = event;
    // It says who its previous id is, not its sender: linkAliases.
    if (message.type === 'alias') return [];
    const country = readDialCountry(event, trusted);
    const { email, phone } = identifyContacts(message, { config, trusted, receivedAtMs, country });
    if (email === undefined && phone === undefined) return [];
    const address = { email: email ?? null, phone: phone ?? null };
    return [
      ...(message.anonymousId ? [{ kind: 'anonymous' as const, id: boundId(message.anonymousId), ...address }] : []),
      ...(trusted && message.userId ? [{ kind: 'user' as const, id: boundId(message.userId), ...address }] : []),
    ];
  });
}
