import { expect, test } from 'vitest';
import { createStorefront } from '../createStorefront.ts';
import { products } from '../public/js/catalog.js';
import { fill } from '../renderPage.ts';

const options = { endpoint: 'http://127.0.0.1:8787/', writeKey: 'wk_</script>', listId: 'LIST01' };
const app = createStorefront(options);
const statusOf = async (path: string) => (await app.request(path)).status;

test('serves every page, every product and its picture', async () => {
  const paths = [
    ...[
      '/',
      '/cart',
      '/checkout',
      '/thanks',
      '/preferences',
      '/config.js',
      '/js/frame.js',
      '/styles/base.css',
      '/images/hero.svg',
    ],
    ...products.flatMap(({ handle, image }) => [`/products/${handle}`, image]),
  ];
  expect(await Promise.all(paths.map(statusOf))).toEqual(paths.map(() => 200));
});

test('answers what it does not have with 404, and serves nothing outside its public folder', async () => {
  const paths = [
    '/nowhere',
    '/products/nothing',
    '/js/nothing.js',
    '/server.ts',
    '/%2e%2e/server.ts',
    '/..%2fserver.ts',
  ];
  expect(await Promise.all(paths.map(statusOf))).toEqual(paths.map(() => 404));
});

test('the configuration reaches the page as a module', async () => {
  const response = await app.request('/config.js');
  const { config } = await import(`data:text/javascript,${encodeURIComponent(await response.text())}`);
  expect([response.headers.get('content-type'), config]).toEqual([
    'text/javascript; charset=utf-8',
    { ...options, endpoint: 'http://127.0.0.1:8787' },
  ]);
});

test('allows the endpoint as the only foreign origin', async () => {
  const policy = (await app.request('/')).headers.get('content-security-policy');
  expect(policy?.match(/\S+ 'self' http\S+/g)).toEqual([
    "script-src 'self' http://127.0.0.1:8787;",
    "connect-src 'self' http://127.0.0.1:8787;",
  ]);
});

test('links to the inspector only where there is one', async () => {
  const read = async (inspectUrl: string) => (await createStorefront({ ...options, inspectUrl }).request('/')).text();
  const pages = await Promise.all([read(''), read('http://127.0.0.1:8790/?a="b"')]);
  expect(pages.map((html) => html.match(/<a href="(.*?)">See what arrived/)?.[1])).toEqual([
    undefined,
    'http://127.0.0.1:8790/?a=&#34;b&#34;',
  ]);
});

test('a template with a name that has no value is refused', () => {
  expect(() => fill('<h1>{{title}}</h1>', {})).toThrow('"title"');
});
