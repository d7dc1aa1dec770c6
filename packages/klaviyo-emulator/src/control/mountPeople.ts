import type { Hono } from 'hono';
import type { Shape } from '../settings/Shape.ts';
import { both, fields, oneOf, text } from '../settings/shapes.ts';
import type { SuppressionReason } from '../state/types.ts';
import { isObject } from '../validate/object.ts';
import type { ControlParts } from './mountControl.ts';
import { post } from './post.ts';
import { readAs } from './readAs.ts';

interface Confirmation {
  email?: string;
  phone_number?: string;
  list?: string;
  account?: string;
}

interface Departure {
  email?: string;
  phone_number?: string;
  reason?: SuppressionReason;
  list?: string;
  account?: string;
}

const REASON = oneOf('UNSUBSCRIBE', 'SPAM_COMPLAINT', 'HARD_BOUNCE', 'INVALID_EMAIL', 'USER_SUPPRESSED');

const somebody: Shape<Confirmation> = (body) =>
  isObject(body) && (body.email ?? body.phone_number) === undefined ? "Give 'email' or 'phone_number'." : undefined;
const listIsLeft: Shape<Departure> = (body) =>
  isObject(body) && body.list !== undefined && (body.reason ?? 'UNSUBSCRIBE') !== 'UNSUBSCRIBE'
    ? "'list' goes with the reason UNSUBSCRIBE only."
    : undefined;

const oneAddress: Shape<Departure> = (body) => {
  if (!isObject(body)) return undefined;
  if ((body.email === undefined) === (body.phone_number === undefined)) return "Give 'email' or 'phone_number'.";
  const isMailed = body.email !== undefined || (body.reason ?? body.list) === undefined;
  return isMailed ? undefined : "'reason' and 'list' go with 'email' only.";
};

const CONFIRMATION = both(
  fields<Confirmation>({ email: text, phone_number: text, list: text, account: text }),
  somebody,
);
const DEPARTURE = both(
  fields<Departure>({ email: text, phone_number: text, reason: REASON, list: text, account: text }),
  both(oneAddress, listIsLeft),
);

/** What people do outside the API: they click a confirmation link, or they opt out. Webhooks hear of it first. */
export function mountPeople(app: Hono, { emulator, findPlace }: ControlParts): void {
  post(app, 'confirm', async (body) => {
    const read = readAs(CONFIRMATION, body);
    if (!read.ok) return read;
    const { email, phone_number: phoneNumber, list: listId, account } = read.value;
    const place = findPlace({ account, listId });
    if (!place.ok) return { ok: false, error: place.detail };
    const confirmed = emulator.confirmOptIn({ account, email, phoneNumber, listId });
    await emulator.tick();
    return { ok: true, value: { confirmed } };
  });
  post(app, 'optout', async (body) => {
    const read = readAs(DEPARTURE, body);
    if (!read.ok) return read;
    const { email, phone_number: phoneNumber = '', reason, list: listId, account } = read.value;
    const place = findPlace({ account, listId });
    if (!place.ok) return { ok: false, error: place.detail };
    const found = emulator.optOut(email === undefined ? { account, phoneNumber } : { account, email, reason, listId });
    await emulator.tick();
    return { ok: true, value: { found } };
  });
}
