import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { WRITE_KEY } from './demo.ts';
import { ROOT } from './root.ts';
import type { Visit } from './visit.ts';

const SEGMENT = createRequire(import.meta.url).resolve('@segment/analytics-next/dist/umd/index.js');
const OURS = join(ROOT, 'packages/browser-sdk/dist/sluice.min.js');
const PAGE = '<!DOCTYPE html><title>Home</title>';

export interface Place {
  browser: Browser;
  shopUrl: string;
  proxyUrl: string;
}

/** An empty page of the shop's, with one SDK's published script in it. */
async function openPage({ browser, shopUrl }: Place, script: string): Promise<Page> {
  // The page is made here, so Chromium does not see that it comes from this machine, as the proxy does.
  const context = await browser.newContext({ permissions: ['local-network-access'] });
  await context.route(`${shopUrl}/empty`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  const page = await context.newPage();
  await page.goto(`${shopUrl}/empty`);
  await page.addScriptTag({ path: script });
  return page;
}

interface SegmentGlobal {
  AnalyticsNext: typeof import('@segment/analytics-next');
}

/**
 * Segment's browser SDK, of which nothing is changed but the host that it asks for its settings.
 * Returns the origins that the page asked anything of.
 */
export async function visitBySegmentPage(place: Place, visit: Visit): Promise<string[]> {
  const page = await openPage(place, SEGMENT);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.evaluate(
    async ({ visit: { userId, traits, page, tracks }, writeKey, cdnURL }) => {
      const { AnalyticsBrowser } = (globalThis as unknown as SegmentGlobal).AnalyticsNext;
      const analytics = AnalyticsBrowser.load({ writeKey, cdnURL });
      // As Segment's own wrappers of consent banners do.
      await analytics.addSourceMiddleware(({ payload, next }) => {
        payload.obj.context = { ...payload.obj.context, consent: { categoryPreferences: { marketing: true } } };
        next(payload);
      });
      await analytics.identify(userId, traits);
      await analytics.page(page.name);
      for (const { event, properties } of tracks) await analytics.track(event, properties);
    },
    { visit, writeKey: WRITE_KEY, cdnURL: place.proxyUrl },
  );
  await page.context().close();
  return [...new Set(asked)];
}

interface SluiceGlobal {
  sluice: typeof import('../../packages/browser-sdk/src/index.ts');
}

/** Our own. */
export async function visitBySluice(place: Place, visit: Visit): Promise<unknown[]> {
  const page = await openPage(place, OURS);
  await page.evaluate(
    async ({ visit: { userId, traits, page, tracks }, writeKey, endpoint }) => {
      const sluice = (globalThis as unknown as SluiceGlobal).sluice.createSluice({ writeKey, endpoint });
      sluice.consent({ marketing: true });
      sluice.identify(userId, traits);
      sluice.page(page.name);
      for (const { event, properties } of tracks) sluice.track(event, properties);
      await sluice.flush();
    },
    { visit, writeKey: WRITE_KEY, endpoint: place.proxyUrl },
  );
  await page.context().close();
  return [];
}
