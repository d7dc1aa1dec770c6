import type { Source } from '@sluice/shared';
import { needsConfirmation } from '../consent/needsConfirmation.ts';
import { KLAVIYO_READ, OPERATOR_IMPORT } from '../consent/ownSources.ts';
import { allSubjectsOf } from '../consent/subjects.ts';
import type { Dispatcher } from '../deliver/Dispatcher.ts';
import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import { type Failure, fail } from '../ingest/failure.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { logDefect } from '../logDefect.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { Settings } from '../settings.ts';
import { readPast } from '../store/ledgerEntries.ts';
import { readStatuses } from '../store/subscriptionStatus.ts';

interface Asking {
  source: Source;
  db: D1Database;
  dispatcher: Pick<DurableObjectStub<Dispatcher>, 'readOptIns'>;
  settings: Settings;
}

/** Whoever opted out comes back through a page only where Klaviyo asks them first: anybody can send what a page sends. */
export async function confirmReoptIn(
  { channels, lists, email, phone }: AcceptedSubscription,
  { source, db, dispatcher, settings }: Asking,
): Promise<{ ok: true } | Failure> {
  if (source.kind === 'server') return { ok: true };
  const servers = [...settings.serverSources.values()].map(({ id }) => id);
  const believed = new Set([...servers, KLAVIYO_READ, OPERATOR_IMPORT]);
  try {
    for (const purpose of channels) {
      const who = dropUndefined<Identifiers>(purpose === 'email' ? { email } : { phone_number: phone });
      const known = await allSubjectsOf(source.account, who, settings.ledgerKeys);
      const names = known.map(({ subject }) => subject);
      const [past, seen] = [await readPast(db, names), await readStatuses(db, names)];
      if (!needsConfirmation({ purpose, lists, believed }, past, seen)) continue;
      const optIns = await dispatcher.readOptIns(source.account, lists);
      if (optIns.includes('single_opt_in')) return fail('reoptin_unconfirmed');
      if (optIns.includes('unknown')) return unavailable('Whether the list asks for a confirmation is not known yet.');
    }
    return { ok: true };
  } catch (error) {
    logDefect('ledger unavailable', error);
    return unavailable();
  }
}

function unavailable(message?: string): Failure {
  return fail('storage_unavailable', message, { retryAfterSeconds: 5 });
}
