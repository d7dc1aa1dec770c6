import type { Hono } from 'hono';
import type { Emulator } from '../Emulator.ts';
import type { SuppressionReason } from '../state/types.ts';
import { isObject, type JsonObject } from '../validate/object.ts';
import { post } from './post.ts';

const REASONS: readonly SuppressionReason[] = [
  'UNSUBSCRIBE',
  'SPAM_COMPLAINT',
  'HARD_BOUNCE',
  'INVALID_EMAIL',
  'USER_SUPPRESSED',
];

const members = (body: unknown): JsonObject => (isObject(body) ? body : {});
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What people do outside the API: they click a confirmation link, or they opt out. Webhooks hear of it first. */
export function mountPeople(app: Hono, emulator: Emulator): void {
  post(app, 'confirm', async (body) => {
    const { email, phone_number, list, account } = members(body);
    const who = { account: text(account), email: text(email), phoneNumber: text(phone_number), listId: text(list) };
    const confirmed = emulator.confirmOptIn(who);
    await emulator.tick();
    return { ok: true, value: { confirmed } };
  });
  post(app, 'optout', async (body) => {
    const { email, reason = 'UNSUBSCRIBE', list, account } = members(body);
    const known = REASONS.find((each) => each === reason);
    if (typeof email !== 'string') return { ok: false, error: "'email' is required." };
    if (known === undefined) return { ok: false, error: `'reason' takes one of ${REASONS.join(', ')}.` };
    const found = emulator.optOut({ account: text(account), email, reason: known, listId: text(list) });
    await emulator.tick();
    return { ok: true, value: { found } };
  });
}
