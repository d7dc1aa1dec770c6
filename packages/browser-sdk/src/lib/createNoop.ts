import type { Sluice } from '../types.ts';

/** What `createSluice` returns on a server: the same shape, doing nothing and keeping nothing. */
export function createNoop(): Sluice {
  const ignore = () => {};
  return {
    page: ignore,
    track: ignore,
    identify: ignore,
    subscribe: async () => ({ ok: false, code: 'browser_required', message: 'no page here' }),
    consent: ignore,
    consentState: () => 'unknown',
    reset: ignore,
    flush: async () => {},
    anonymousId: () => null,
  };
}
