/**
 * Cloudflare's list prices beyond what the Workers Paid plan (5 dollars a month) includes, in US dollars.
 * Read on 2026-11-23 from copies of developers.cloudflare.com: /workers/platform/pricing (requests, CPU),
 * /queues/platform/pricing, /durable-objects/platform/pricing and /d1/platform/pricing.
 */
const PER_MILLION = 1_000_000;

export const PRICES = {
  /** Workers: a request, or an invocation by a queue or a cron. */
  request: 0.3 / PER_MILLION,
  /** Workers: a millisecond of CPU time. */
  cpuMs: 0.02 / PER_MILLION,
  /** Queues: each 64 KB of a message that is written, read or deleted. */
  queueOperation: 0.4 / PER_MILLION,
  /** Durable Objects: a request, an RPC or an alarm. */
  objectRequest: 0.15 / PER_MILLION,
  /** Durable Objects: a second of an object's 128 MB while it works or waits. */
  objectSecond: (12.5 / PER_MILLION) * 0.128,
  /** Durable Objects and D1: a row of a table or of an index; setting an alarm is one. */
  rowWritten: 1 / PER_MILLION,
  rowRead: 0.001 / PER_MILLION,
} as const;
