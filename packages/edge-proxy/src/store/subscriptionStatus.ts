import type { Purpose } from '../consent/decision.ts';

export type Status = 'pending' | 'subscribed';

/** What Klaviyo was last seen to make of one person's sign-up to one list. */
export interface SubscriptionStatus {
  subject: string;
  purpose: Purpose;
  list: string;
  status: Status;
  seen_at: number;
}

export async function saveStatuses(db: D1Database, rows: readonly SubscriptionStatus[]): Promise<void> {
  if (rows.length === 0) return;
  const query = `INSERT OR REPLACE INTO subscription_status (subject, purpose, list, status, seen_at)
    SELECT value ->> 'subject', value ->> 'purpose', value ->> 'list', value ->> 'status', value ->> 'seen_at'
    FROM json_each(?1)`;
  await db.prepare(query).bind(JSON.stringify(rows)).run();
}

/** What was seen of sign-ups that stand: who has opted out since is none of them, whenever that was reported. */
export async function readStatuses(db: D1Database, subjects: readonly string[]): Promise<SubscriptionStatus[]> {
  const query = `SELECT subject, purpose, list, status, seen_at FROM subscription_status AS seen
    JOIN consent_state AS said USING (subject, purpose, list)
    WHERE subject IN (SELECT value FROM json_each(?1)) AND said.decision = 'granted' AND seen_at >= said.decided_at
      AND NOT EXISTS (SELECT 1 FROM consent_state AS everywhere
        WHERE everywhere.subject = seen.subject AND everywhere.purpose = seen.purpose AND everywhere.list = ''
          AND everywhere.decision = 'denied' AND everywhere.decided_at >= said.decided_at)`;
  return (await db.prepare(query).bind(JSON.stringify(subjects)).all<SubscriptionStatus>()).results;
}
