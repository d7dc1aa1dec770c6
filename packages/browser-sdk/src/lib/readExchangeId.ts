import { guard } from './guard.ts';

/** Klaviyo's exchange id of the visitor, from the cookie that klaviyo.js sets (base64 of JSON); sandboxed frames have none. */
export function readExchangeId(): string | undefined {
  return guard(() => {
    const [, cookie] = document.cookie.split('__kla_id=');
    return cookie && JSON.parse(atob(decodeURIComponent(cookie.split(';')[0] as string))).$exchange_id;
  });
}
