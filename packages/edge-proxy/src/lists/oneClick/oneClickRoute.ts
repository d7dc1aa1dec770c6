import { Hono } from 'hono';
import { truncateIp } from '../../consent/truncateIp.ts';
import type { HttpContext, HttpEnv } from '../../http.ts';
import { readBounded } from '../../ingest/readBounded.ts';
import { followLink } from './followLink.ts';
import { MAX_FORM_BYTES } from './limits.ts';
import { openLink } from './openLink.ts';
import { type PageContent, renderPage } from './renderPage.ts';

/** `GET` and `POST /v1/unsubscribe/one-click` (RFC 8058): the first asks and changes nothing, since mail scanners open links. */
export function oneClickRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      const opened = await open(c);
      if ('what' in opened) return answer(c, opened);
      const { channel, list } = opened;
      return answer(c, { what: 'ask', channel, list });
    })
    .post('/', async (c) => {
      const opened = await open(c);
      if ('what' in opened) return answer(c, opened);
      const { channel, list } = opened;
      if (!(await isOneClick(c.req.raw))) return answer(c, { what: 'ask', channel, list });
      const followed = await followLink(opened, {
        env: c.env,
        ledgerKeys: c.get('settings').ledgerKeys,
        receivedAtMs: Date.now(),
        ip: truncateIp(c.req.header('cf-connecting-ip') ?? ''),
        userAgent: c.req.header('user-agent')?.slice(0, 500),
      });
      return answer(c, followed.ok ? { what: 'done', channel, list } : { what: 'away' });
    });
}

/** The link, or what the page says of it. */
async function open(c: HttpContext) {
  const { ledgerKeys, config } = c.get('settings');
  const token = c.req.query('t') ?? '';
  const opened = await openLink(token, { ledgerKeys, nowMs: Date.now() });
  const isKnown = opened.ok && Object.hasOwn(config.accounts, opened.link.account);
  // Mail services send the clicks of all their users from a few addresses: who has a link is counted by that alone.
  const key = isKnown ? nameLink(token) : (c.req.header('cf-connecting-ip') ?? '');
  const limited = await c.env.LIMITER.limit({ key: `one-click:${key}` });
  if (!limited.success) return { what: 'busy' } as const;
  if (!opened.ok) return { what: opened.reason };
  return isKnown ? opened.link : ({ what: 'broken' } as const);
}

/** The random part of a token: twelve bytes behind the key's version. */
function nameLink(token: string): string {
  return token.slice(token.lastIndexOf('~') + 1).slice(0, 16);
}

/** RFC 8058, 3.1: the form is `multipart/form-data` or `application/x-www-form-urlencoded`. */
async function isOneClick(request: Request): Promise<boolean> {
  const bytes = await readBounded(request.body, MAX_FORM_BYTES);
  const type = request.headers.get('content-type');
  if (bytes === undefined || type === null) return false;
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return form.get('List-Unsubscribe') === 'One-Click';
  } catch {
    return false;
  }
}

const STATUS = { ask: 200, done: 200, broken: 400, expired: 410, busy: 429, away: 503 } as const;

function answer(c: HttpContext, content: PageContent): Response {
  const nonce = c.get('requestId');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  const status = STATUS[content.what];
  return c.html(renderPage(content, nonce), status, {
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    ...(status === 429 && { 'retry-after': '60' }),
    ...(status === 503 && { 'retry-after': '5' }),
  });
}
