import type { LedgerKeys } from '../settings.ts';
import type { Decision } from './decision.ts';
import { hmacHex } from './hmac.ts';
import { ledgerSecret } from './ledgerSecret.ts';
import type { OptOutNotice } from './optOutNotice.ts';

interface Of {
  account: string;
  /** Whose opt-out it is, normalised. */
  address: string;
  ledgerKeys: LedgerKeys;
}

/** What other systems are told of a denial of marketing. */
export async function describeOptOut(
  { subject: { subject }, purpose, list, messageId, decidedAtMs, receivedAtMs, source }: Decision,
  { account, address, ledgerKeys }: Of,
): Promise<OptOutNotice> {
  const secret = ledgerSecret(ledgerKeys, ledgerKeys.current);
  const isSms = purpose === 'sms';
  return {
    // An id that a page chose may be another person's too.
    id: await hmacHex(secret, 'opt-out', JSON.stringify([subject, messageId, list])),
    type: 'opt_out',
    account,
    channel: isSms ? 'sms' : 'email',
    ...(isSms ? { phone: address } : { email: address }),
    list: list || null,
    decidedAtMs,
    receivedAtMs,
    source,
  };
}
