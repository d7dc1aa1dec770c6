import type { Env } from './env.ts';
import { logDefect } from './logDefect.ts';
import { requireSettings } from './settings.ts';
import { deleteIdentitiesBefore } from './store/identities.ts';

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 24 * 60;
const DAY_MS = MINUTES_A_DAY * MINUTE_MS;

/** Every minute: wakes each account's Dispatcher. At midnight (UTC): forgets identities past their retention. */
export async function runScheduled(scheduledTimeMs: number, env: Env): Promise<void> {
  const { config } = requireSettings(env);
  const accounts = Object.keys(config.accounts);
  const woken = await Promise.allSettled(
    accounts.map((account) => env.DISPATCHER.getByName(`${account}:0`).wake(account)),
  );
  // One account's trouble is no other's, and puts off no retention.
  for (const result of woken) if (result.status === 'rejected') logDefect('a Dispatcher was not woken', result.reason);
  // Reading the whole table once a day costs less than an index on its age, which each new visitor would be a row of.
  if (Math.floor(scheduledTimeMs / MINUTE_MS) % MINUTES_A_DAY === 0)
    await deleteIdentitiesBefore(env.DB, scheduledTimeMs - config.retentionDays.identities * DAY_MS);
}
