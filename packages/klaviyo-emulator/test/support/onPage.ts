import { bulkEventsBody, eventBody, profileBody } from './bodies.ts';
import { type createTestEmulator, HEADERS, type TestEmulator } from './createTestEmulator.ts';
import { account } from './inShop.ts';

type Json = Record<string, unknown>;

export const at = (path: string) => `/client/${path}?company_id=EMULAT`;
export const ADA = { email: 'ada@example.com' };
export const PHONE = '+15005550006';
export const PROFILE = '/data/attributes/profile/data';
export const META = { meta: { patch_properties: { append: { tags: 'x' } } } };

/** One profile's events in bulk, as a page sends them. */
export const group = (sketch: Parameters<typeof bulkEventsBody>[0][number]) => ({
  data: bulkEventsBody([sketch]).data.attributes['events-bulk-create'].data[0],
});

export function subscription(attributes: Json, rest: Json = {}, list = 'SINGLE') {
  const profile = profileBody(attributes, rest);
  const relationships = { list: { data: { type: 'list', id: list } } };
  return { data: { type: 'subscription', attributes: { profile }, relationships } };
}

/** What a page sends: no key, but its origin. */
export async function visit(shop: TestEmulator, path: string, body: unknown = eventBody(), init: RequestInit = {}) {
  const { revision, 'content-type': type } = HEADERS;
  const headers = { revision, 'content-type': type, origin: 'https://shop.example.com' };
  const request = { method: 'POST', headers, body: JSON.stringify(body), ...init };
  const answer = await shop.emulator.fetch(new Request(`https://a.klaviyo.com${path}`, request));
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** The shop with three lists. */
export const shopWith = (open: typeof createTestEmulator, options = {}) => open({ ...account({}), ...options });
