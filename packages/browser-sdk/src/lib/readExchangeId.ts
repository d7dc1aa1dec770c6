import { guard } from './guard.ts';
import { readCookie } from './readCookie.ts';

/** Klaviyo's exchange id of the visitor, from the cookie that klaviyo.js sets: base64 of JSON. */
export function readExchangeId(): string | undefined {
  return guard(() => JSON.parse(atob(decodeURIComponent(readCookie('__kla_id') as string))).$exchange_id);
}
