/** An SDK to compare with, from its published package, started as its documentation says. */
export interface Peer {
  name: string;
  packages: Record<string, string>;
  /** An ES module that puts `start(endpoint)` and `track(name)` on `self.peer`. */
  source: string;
  /** What its remote settings are, answered on loopback. */
  settings?: (path: string) => unknown;
}

export const PEERS: Peer[] = [
  {
    name: 'Segment, batching',
    packages: { '@segment/analytics-next': '1.84.3' },
    source: `
      import { AnalyticsBrowser } from '@segment/analytics-next';
      let analytics;
      self.peer = {
        start(endpoint) {
          const cdnSettings = { integrations: { 'Segment.io': { apiKey: 'k', apiHost: endpoint.slice(7) + '/v1', protocol: 'http' } } };
          analytics = AnalyticsBrowser.load({ writeKey: 'k', cdnSettings }, {
            integrations: { 'Segment.io': { apiHost: endpoint.slice(7) + '/v1', protocol: 'http', deliveryStrategy: { strategy: 'batching' } } },
          });
        },
        track: (name) => analytics.track(name, { product_id: 'sku-1', price: 19.9, quantity: 1 }),
      };`,
  },
  {
    name: 'RudderStack, batching',
    packages: { '@rudderstack/analytics-js': '3.34.1' },
    source: `
      import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';
      const analytics = new RudderAnalytics();
      self.peer = {
        start: (endpoint) => analytics.load('bench', endpoint, {
          configUrl: endpoint, queueOptions: { batch: { enabled: true } },
        }),
        track: (name) => analytics.track(name, { product_id: 'sku-1', price: 19.9, quantity: 1 }),
      };`,
    settings: () => ({
      source: {
        id: 'bench',
        name: 'bench',
        writeKey: 'bench',
        enabled: true,
        workspaceId: 'bench',
        updatedAt: '2026-01-01T00:00:00Z',
        config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
        destinations: [],
      },
    }),
  },
  {
    name: 'PostHog',
    packages: { 'posthog-js': '1.449.2' },
    source: `
      import posthog from 'posthog-js';
      self.peer = {
        start: (endpoint) => posthog.init('phc_bench', {
          api_host: endpoint, autocapture: false, capture_pageview: false, capture_pageleave: false,
          disable_session_recording: true, disable_surveys: true, advanced_disable_flags: true, opt_out_useragent_filter: true,
        }),
        track: (name) => posthog.capture(name, { product_id: 'sku-1', price: 19.9, quantity: 1 }),
      };`,
    settings: () => ({ supportedCompression: ['gzip-js'], featureFlags: {}, sessionRecording: false }),
  },
  {
    name: 'Snowplow',
    packages: { '@snowplow/browser-tracker': '4.10.1' },
    source: `
      import { newTracker, trackStructEvent } from '@snowplow/browser-tracker';
      self.peer = {
        start: (endpoint) => newTracker('bench', endpoint, { appId: 'bench', bufferSize: 1 }),
        track: (name) => trackStructEvent({ category: 'shop', action: name, property: 'sku-1', value: 19.9 }),
      };`,
  },
  {
    name: 'Plausible',
    packages: { '@plausible-analytics/tracker': '0.4.6' },
    source: `
      import { init, track } from '@plausible-analytics/tracker';
      self.peer = {
        start: (endpoint) => init({ domain: 'shop.example.com', endpoint: endpoint + '/api/event', autoCapturePageviews: false, captureOnLocalhost: true }),
        track: (name) => track(name, { props: { product_id: 'sku-1', price: '19.9', quantity: '1' } }),
      };`,
  },
];
