import type { Env } from './env.ts';
import { requireSettings } from './settings.ts';
import { deleteIdentitiesBefore } from './store/identities.ts';

const DAY_MS = 24 * 3_600_000;

/** Every minute: wakes each account's Dispatcher, and forgets identities past their retention. */
export async function runScheduled(scheduledTimeMs: number, env: Env): Promise<void> {
  const { config } = requireSettings(env);
  await Promise.all(Object.keys(config.accounts).map((account) => env.DISPATCHER.getByName(`${account}:0`).wake()));
  await deleteIdentitiesBefore(env.DB, scheduledTimeMs - config.retentionDays.identities * DAY_MS);
}
