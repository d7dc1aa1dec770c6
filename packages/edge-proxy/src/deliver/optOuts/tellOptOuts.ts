import { backoff } from '../decideAction.ts';
import { OPT_OUT_MAX_AGE_MS, OPT_OUTS_AT_ONCE, TELL_BUDGET_MS } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { postSigned, type Webhook } from '../postSigned.ts';
import {
  buryOptOut,
  dropOptOuts,
  dueOptOuts,
  putOffOptOut,
  removeOptOut,
  type WaitingOptOut,
} from '../tables/optOuts.ts';

/** Tells `webhooks.optOuts` of what it has not taken yet, a few at a time, until none is due. */
export async function tellOptOuts(outbox: Outbox): Promise<void> {
  const { config, webhookSecret: secret } = outbox.settings;
  const url = config.webhooks.optOuts;
  if (url === null || secret === undefined) return dropOptOuts(outbox.sql);
  const untilMs = outbox.now() + TELL_BUDGET_MS;
  while (outbox.now() < untilMs) {
    const due = dueOptOuts(outbox.sql, outbox.now(), OPT_OUTS_AT_ONCE);
    const taken = await Promise.all(due.map((optOut) => tell(outbox, { url, secret }, optOut)));
    // A receiver that took none is most likely down, and the others would have to wait for it too.
    if (!taken.includes(true)) return;
  }
}

async function tell(outbox: Outbox, webhook: Webhook, optOut: WaitingOptOut): Promise<boolean> {
  const { sql, ground } = outbox;
  const isTaken = await postSigned(ground, webhook, optOut.body);
  const now = outbox.now();
  if (isTaken) removeOptOut(sql, optOut);
  else if (now - optOut.createdMs < OPT_OUT_MAX_AGE_MS)
    putOffOptOut(sql, optOut, now + backoff(optOut.tries, ground.random));
  else {
    buryOptOut(sql, optOut, now);
    console.error(JSON.stringify({ message: 'opt-out not told', id: optOut.id, tries: optOut.tries + 1 }));
  }
  return isTaken;
}
