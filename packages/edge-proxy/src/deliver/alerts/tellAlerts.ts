import { readBacklog } from '../figures/readBacklog.ts';
import { MAX_ALERT_TRIES, MAX_RETRY_MS, RECENT_MS } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { postSigned } from '../postSigned.ts';
import { readMinutes } from '../tables/minutes.ts';
import { countDeadOptOuts } from '../tables/optOuts.ts';
import { readCounts } from '../tables/outcomes.ts';
import { type AlertBook, bookAlerts, type Notice } from './bookAlerts.ts';
import { findConditions } from './findConditions.ts';

/** Looks for what a person should know, writes it into the log, and tells the webhook what it has not taken yet. */
export async function tellAlerts(outbox: Outbox): Promise<void> {
  noticeConditions(outbox);
  const { config, webhookSecret } = outbox.settings;
  const url = config.webhooks.alerts;
  if (url === null || webhookSecret === undefined) return dropNotices(outbox);
  for (;;) {
    const [notice] = outbox.alerts.notices;
    // In order, one after the other: an end that arrives before its beginning would read as an alarm that lasts.
    if (!notice || notice.nextMs > outbox.now()) return;
    const isTaken = await postSigned(outbox.ground, { url, secret: webhookSecret }, JSON.stringify(notice.alert));
    const { active, notices } = outbox.alerts;
    const rest = notices.slice(1);
    outbox.alerts = { active, notices: isTaken ? rest : [...retryLater(notice, outbox.now()), ...rest] };
  }
}

function noticeConditions(outbox: Outbox): void {
  const { sql, stops, account } = outbox;
  const nowMs = outbox.now();
  const facts = {
    stops,
    backlog: readBacklog(outbox),
    minutes: readMinutes(sql, nowMs - RECENT_MS, nowMs + 1),
    counts: readCounts(sql),
    deadOptOuts: countDeadOptOuts(sql),
    nowMs,
  };
  const conditions = findConditions(facts, outbox.settings.config.delivery.alerts);
  const { book, news } = bookAlerts(outbox.alerts, conditions, { account, nowMs });
  if (news.length === 0) return;
  for (const alert of news) console.warn(JSON.stringify({ message: 'alert', ...alert }));
  outbox.alerts = book;
}

function dropNotices(outbox: Outbox): void {
  const { active, notices }: AlertBook = outbox.alerts;
  if (notices.length > 0) outbox.alerts = { active, notices: [] };
}

/** Twice as late each time; after the last try the log is all that knows of it. */
function retryLater({ alert, tries }: Notice, nowMs: number): Notice[] {
  const delayMs = Math.min(MAX_RETRY_MS, 60_000 * 2 ** tries);
  if (tries + 1 < MAX_ALERT_TRIES) return [{ alert, tries: tries + 1, nextMs: nowMs + delayMs }];
  console.error(JSON.stringify({ message: 'alert not delivered', id: alert.id, tries: tries + 1 }));
  return [];
}
