import { guard } from './guard.ts';

/** A cookie's value; undefined without one, and in sandboxed frames, where naming them throws. */
export const readCookie = (name: string): string | undefined =>
  guard(() => document.cookie.split(`${name}=`)[1]?.split(';')[0]);
