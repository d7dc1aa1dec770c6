import { type IssuedLink, LinkOrderSchema, type LinksAnswer, LinksSchema, normalizeEmail } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../../http.ts';
import { answerFailure, type Failure, fail } from '../../ingest/failure.ts';
import { openRequest } from '../../ingest/openRequest.ts';
import { readInput } from '../../ingest/readInput.ts';
import type { Link } from './link.ts';
import { sealLink } from './sealLink.ts';

/** `POST /v1/unsubscribe/links`: links that a shop puts into its own mails, and the header fields for them. */
export function linksRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const requestId = c.get('requestId');
    const issued = await issue(c);
    if ('code' in issued) return answerFailure(issued, requestId);
    c.header('cache-control', 'no-store');
    return c.json({ ...issued, requestId } satisfies LinksAnswer);
  });
}

async function issue(c: HttpContext): Promise<Omit<LinksAnswer, 'requestId'> | Failure> {
  const { ledgerKeys } = c.get('settings');
  const opened = await openRequest(c.req.raw, 'consent', c.get('settings'));
  if (!opened.ok) return opened;
  const { source, body } = opened;
  // A page could make links for strangers, and so learn what opts them out.
  if (source.kind === 'public') return fail('key_scope', 'Links are made for secret keys with the scope "consent".');
  const input = readInput(LinksSchema, body);
  if (!input.ok) return input;
  const issuer = { account: source.account, source: source.id, issuedAtMs: Date.now() };
  const target = new URL('/v1/unsubscribe/one-click', c.req.url).href;
  const links: IssuedLink[] = [];
  const rejected: LinksAnswer['rejected'] = [];
  for (const [index, order] of input.value.links.entries()) {
    const named = readOrder(order);
    if ('code' in named) rejected.push({ index, code: named.code, message: named.message });
    else links.push(present(index, `${target}?t=${await sealLink({ ...issuer, ...named }, ledgerKeys)}`));
  }
  return { links, rejected };
}

function readOrder(order: unknown): Pick<Link, 'channel' | 'address' | 'list'> | Failure {
  const input = readInput(LinkOrderSchema, order);
  if (!input.ok) return input;
  const { email, phone, list = null } = input.value;
  const address = email ? normalizeEmail(email) : normalizePhone(phone, undefined);
  if (address === undefined) return fail(email ? 'email_invalid' : 'phone_invalid');
  return { channel: email ? 'email' : 'sms', address, list };
}

/** RFC 8058, 3.1: both fields, and an https address in angle brackets. */
function present(index: number, url: string): IssuedLink {
  return {
    index,
    url,
    headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}
