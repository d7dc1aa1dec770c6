import { recordUnsubscription } from '../consent/recordUnsubscription.ts';
import { chunkItems } from '../deliver/chunkItems.ts';
import type { Env } from '../env.ts';
import { logDefect } from '../logDefect.ts';
import { mapUnsubscription } from '../map/mapUnsubscription.ts';
import type { LedgerKeys } from '../settings.ts';
import type { Unsubscription } from './takeUnsubscription.ts';

export interface OptingOut {
  env: Pick<Env, 'DB' | 'DISPATCHER'>;
  ledgerKeys: LedgerKeys;
  account: string;
  source: string;
  receivedAtMs: number;
  evidence: Record<string, unknown>;
}

/** `inFlight`: ids of what was on its way to Klaviyo at that moment. Not ok: nothing holds yet, and it may be sent again. */
type OptedOut = { ok: true; inFlight: string[] } | { ok: false };

/** Ledger, block, hand over to the Dispatcher. No queue may hold an opt-out up. */
export async function optOut(unsubscription: Unsubscription, optingOut: OptingOut): Promise<OptedOut> {
  const { env, account, receivedAtMs, ...more } = optingOut;
  const dispatcher = env.DISPATCHER.getByName(`${account}:0`);
  const recording = { ...more, account, receivedAtMs, db: env.DB, dispatcher };
  const recorded = await recordUnsubscription(unsubscription, recording);
  if (!recorded.ok) return { ok: false };
  try {
    const decidedAtMs = Math.min(...recorded.decisions.map((each) => each.decidedAtMs));
    const chunks = chunkItems(mapUnsubscription({ ...unsubscription, decidedAtMs }, receivedAtMs));
    const accepted = await dispatcher.store(account, chunks, { isOptOut: true });
    return accepted.ok ? recorded : { ok: false };
  } catch (error) {
    logDefect('opt-out not handed over', error);
    return { ok: false };
  }
}
