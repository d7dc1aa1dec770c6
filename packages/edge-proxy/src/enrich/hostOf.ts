import { MAX_HOST_LENGTH } from './limits.ts';

/** Not by `URL`, which costs a microsecond, and an event has two addresses. */
const HOST = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i;

/** The host of an address, in lower case and without its `www.`; undefined where it has none. */
export function hostOf(url: string | undefined): string | undefined {
  const host = (url && HOST.exec(url)?.[1]?.toLowerCase().toWellFormed()) || undefined;
  if (host === undefined || host.length > MAX_HOST_LENGTH) return undefined;
  return host.startsWith('www.') ? host.slice('www.'.length) : host;
}
