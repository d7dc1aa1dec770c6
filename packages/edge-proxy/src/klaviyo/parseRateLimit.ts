import type { RateLimit } from './operations.ts';

/**
 * Reads a RateLimit-Limit header. Klaviyo sends two forms: the steady window's limit alone (`150`), and the IETF draft's
 * (`10, 10;w=1, 150;w=60`: the limit that binds now, then each window's). What cannot be read is left out.
 */
export function parseRateLimit(header: string | null): Partial<RateLimit> {
  const parts = (header ?? '').split(',').map((part) => part.trim());
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !only.includes(';')) return pick('perMinute', readQuota(only));
  return Object.assign({}, ...parts.map(readPolicy));
}

/** One `quota;w=seconds`; nothing for a limit without a window, or with one that Klaviyo does not have. */
function readPolicy(part: string): Partial<RateLimit> {
  const [quota = '', ...parameters] = part.split(';').map((text) => text.trim());
  if (parameters.includes('w=1')) return pick('perSecond', readQuota(quota));
  return parameters.includes('w=60') ? pick('perMinute', readQuota(quota)) : {};
}

function readQuota(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function pick(window: keyof RateLimit, quota: number | undefined): Partial<RateLimit> {
  return quota === undefined ? {} : { [window]: quota };
}
