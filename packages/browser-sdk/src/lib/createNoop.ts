import type { Sluice } from '../types.ts';

/** What `createSluice` returns on a server: the same shape, doing nothing and keeping nothing. */
export function createNoop(): Sluice {
  const ignore = () => {};
  const refuse = async () => ({ ok: false, code: 'browser_required', message: 'no page here' }) as const;
  return {
    page: ignore,
    track: ignore,
    identify: ignore,
    alias: ignore,
    group: ignore,
    subscribe: refuse,
    unsubscribe: refuse,
    consent: ignore,
    consentState: () => 'unknown',
    reset: ignore,
    flush: async () => {},
    anonymousId: () => null,
    on: ignore,
    ready: async () => {},
  };
}
