import { WINDOWS } from './shopRequests.ts';

/** What a browser says with each request, and Cloudflare of it. */
const HEADERS = {
  'content-type': 'text/plain',
  origin: 'https://shop.example.com',
  referer: 'https://shop.example.com/',
  'cf-connecting-ip': '192.0.2.7',
  'user-agent': WINDOWS,
  'sec-ch-ua': '"Chromium";v="142", "Google Chrome";v="142", "Not?A_Brand";v="99"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Windows"',
};
const PLACE = {
  city: 'Zurich',
  region: 'Zurich',
  country: 'CH',
  postalCode: '8001',
  timezone: 'Europe/Zurich',
  latitude: '47.36667',
  longitude: '8.55000',
};

/** A request as the server hands it over: from a page, from a place, with a body whose length was said. */
export function toRequest(body: string | Uint8Array): Request {
  const headers = { ...HEADERS, 'content-length': String(body.length) };
  return new Request('https://edge.example/v1/batch', { method: 'POST', headers, body, cf: PLACE } as RequestInit);
}
