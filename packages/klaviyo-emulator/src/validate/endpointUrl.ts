import { type Check, complain } from './check.ts';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Klaviyo takes https only. Here http will do on a loopback host, since a receiver under test has no certificate. */
export const endpointUrl: Check = (value, at, on) => {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  const local = url?.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url?.protocol !== 'https:' && !local) complain(on, at, "'endpoint_url' must be an https URL.");
};
