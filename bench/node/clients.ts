import { Analytics } from '@segment/analytics-node';
import { buildSelfDescribingEvent, newTracker } from '@snowplow/node-tracker';
import { newInMemoryEventStore } from '@snowplow/tracker-core';
import { PostHog } from 'posthog-node';
import { createSluice } from '../../packages/node-sdk/dist/index.js';
import { order } from './order.ts';

/** One SDK, made alike. */
export interface Client {
  track(n: number): void;
  /** Sends what waits, as well as the SDK can. */
  close(): Promise<unknown>;
}

export interface ClientOptions {
  url: string;
  /** Queue only: never send by count or time. */
  isQuiet?: boolean;
  /** Folder of a spool, for the one that has it. */
  spool?: string | undefined;
  /** Milliseconds that `close` tries at most. */
  patienceMs?: number;
}

const NEVER_MS = 2_000_000_000;
const PLENTY = 1_000_000;
const PATIENCE_MS = 60_000;

/** What the loop costs in which the others are measured. */
const none = (): Client => {
  let last: object;
  return {
    track(n) {
      last = order(n);
    },
    close: async () => last,
  };
};

export const CLIENTS: Record<string, (options: ClientOptions) => Client> = {
  none,
  '@sluice/node'({ url, isQuiet, spool, patienceMs = PATIENCE_MS }) {
    const sluice = createSluice({
      secretKey: 'sk_demo',
      endpoint: url,
      ...(spool !== undefined && { spool }),
      ...(isQuiet && { flushAt: PLENTY, flushIntervalMs: NEVER_MS, handleExit: false }),
    });
    return {
      track: (n) => void sluice.track('Order Completed', order(n), { userId: `user-${n}`, country: 'DE' }),
      close: () => sluice.close({ timeoutMs: patienceMs }),
    };
  },
  '@segment/analytics-node'({ url, isQuiet, patienceMs = PATIENCE_MS }) {
    const analytics = new Analytics({
      writeKey: 'sk_demo',
      host: url,
      // It sends what grows past 480 KB whatever it is told, so what is quiet gets no answer.
      ...(isQuiet && { flushAt: PLENTY, flushInterval: NEVER_MS, httpClient: () => new Promise(() => {}) }),
    });
    analytics.on('error', () => {});
    return {
      track: (n) => analytics.track({ event: 'Order Completed', userId: `user-${n}`, properties: order(n) }),
      close: () => analytics.closeAndFlush({ timeout: patienceMs }),
    };
  },
  'posthog-node'({ url, isQuiet, patienceMs = PATIENCE_MS }) {
    const posthog = new PostHog('sk_demo', {
      host: url,
      maxQueueSize: PLENTY,
      ...(isQuiet && { flushAt: PLENTY, flushInterval: NEVER_MS }),
    });
    posthog.on('error', () => {});
    return {
      track: (n) => posthog.capture({ distinctId: `user-${n}`, event: 'Order Completed', properties: order(n) }),
      close: () => posthog.shutdown(patienceMs),
    };
  },
  '@snowplow/node-tracker'({ url, isQuiet }) {
    const { hostname, port, protocol } = new URL(url);
    const tracker = newTracker(
      { namespace: 'shop', appId: 'shop', encodeBase64: false },
      {
        endpoint: hostname,
        port: Number(port),
        protocol: protocol === 'http:' ? 'http' : 'https',
        eventMethod: 'post',
        // It keeps a thousand unless told otherwise, and drops the rest.
        eventStore: newInMemoryEventStore({ maxSize: PLENTY }),
        ...(isQuiet && { bufferSize: PLENTY }),
      },
    );
    return {
      track: (n) =>
        void tracker.track(
          buildSelfDescribingEvent({ event: { schema: 'iglu:com.acme/order/jsonschema/1-0-0', data: order(n) } }),
        ),
      close: () => tracker.flush(),
    };
  },
};
