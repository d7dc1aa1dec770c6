import { env } from 'cloudflare:workers';
import type { LinksAnswer } from '@sluice/shared';
import { describe, expect, it, vi } from 'vitest';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { decide } from '../support/decide.ts';
import { subscribeItem } from '../support/items.ts';
import { type Evidence, findBreaks, readTable } from '../support/ledger.ts';
import { type Answer, type PostOptions, seenAnswers, send, summary } from '../support/post.ts';
import { calls } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

const FORM = 'List-Unsubscribe=One-Click';

async function issue(links: unknown[], change: object = {}): Promise<Answer & { json: LinksAnswer }> {
  const body = { writeKey: 'sk_backend', links, ...change };
  return (await send('/v1/unsubscribe/links', body, { origin: null })) as never;
}

/** The path of a link for one address. */
async function linkFor(order: object): Promise<string> {
  const { pathname, search } = new URL((await issue([order])).json.links[0]?.url ?? '');
  return pathname + search;
}

/** As a mail service posts it: without a cookie, an origin or a key. */
function follow(path: string, body: string | Uint8Array = FORM, headers: PostOptions['headers'] = {}) {
  return send(path, body, {
    origin: null,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'cf-connecting-ip': '203.0.113.9',
      'user-agent': 'Mail/1.0',
      ...headers,
    },
  });
}

const look = (path: string) => send(path, undefined, { method: 'GET', origin: null });
const titleOf = ({ text }: Answer) => /<h1>(.*)<\/h1>/.exec(text)?.[1];
const decisions = async () =>
  (await readTable<EntryRow>('ledger_entries')).map(({ purpose, decision, list }) => `${purpose} ${decision} ${list}`);

describe('issuing links', () => {
  it('answers each with the header fields of RFC 8058, and a bad address costs no other its link', async () => {
    openWorld();
    const { status, json, headers } = await issue([
      { email: ' Ada@Example.com' },
      { email: 'ada@' },
      { phone: '+12025550123', list: 'DEMO01' },
      { phone: '12' },
      { email: 'ada@example.com', phone: '+12025550123' },
      { email: 'ada@example.com', lists: ['DEMO01'] },
      'ada@example.com',
    ]);
    const [first] = json.links;
    expect([
      status,
      headers.get('cache-control'),
      json.links.map(({ index }) => index),
      json.rejected.map(({ index, code }) => [index, code]),
      first?.url.startsWith('https://edge.example/v1/unsubscribe/one-click?t=1~'),
      first?.headers,
    ]).toEqual([
      200,
      'no-store',
      [0, 2],
      [
        [1, 'email_invalid'],
        [3, 'phone_invalid'],
        [4, 'body_malformed'],
        [5, 'body_malformed'],
        [6, 'body_malformed'],
      ],
      true,
      { 'List-Unsubscribe': `<${first?.url}>`, 'List-Unsubscribe-Post': FORM },
    ]);
  });

  it('of a thousand is one request', async () => {
    openWorld();
    const orders = Array.from({ length: 1001 }, (_, n) => ({ email: `p${n}@example.com` }));
    const [all, tooMany] = [await issue(orders.slice(1)), await issue(orders)];
    expect([new Set(all.json.links.map(({ url }) => url)).size, summary(tooMany)]).toEqual([
      1000,
      [400, 'body_malformed'],
    ]);
  });

  it.each([
    ['a page', { writeKey: 'wk_relaxed' }, [403, 'key_scope']],
    ['a back end without the scope', { writeKey: 'sk_sender' }, [403, 'key_scope']],
    ['nobody in particular', { writeKey: undefined }, [401, 'key_missing']],
  ])('is not for %s', async (_title, change, expected) => {
    openWorld();
    expect(summary(await issue([{ email: 'ada@example.com' }], change))).toEqual(expected);
  });
});

describe('a one-click link', () => {
  it('opts out, with where from it was followed as evidence, and reaches Klaviyo', async () => {
    const world = openWorld();
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    const answer = await follow(await linkFor({ email: 'ada@example.com' }));
    await world.pass(10_000);
    const [entry] = await readTable<EntryRow>('ledger_entries');
    const [evidence] = await readTable<Evidence>('ledger_evidence');
    const [profile] = world.klaviyo.state().profiles;
    expect([
      answer.status,
      titleOf(answer),
      await decisions(),
      [entry?.source, entry?.decided_at],
      JSON.parse(evidence?.evidence ?? ''),
      profile?.consent.email.consent,
      await findBreaks(),
    ]).toEqual([
      200,
      'You are unsubscribed',
      ['email denied '],
      ['backend', START_MS + 10_000],
      {
        link: 'one-click',
        issuedAt: new Date(START_MS + 10_000).toISOString(),
        ip: '203.0.113.0',
        userAgent: 'Mail/1.0',
      },
      'UNSUBSCRIBED',
      [],
    ]);
  });

  it('of one list takes the person off that list alone; of a number it is SMS', async () => {
    const world = openWorld();
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    await follow(await linkFor({ email: 'ada@example.com', list: 'DEMO01' }));
    await follow(await linkFor({ phone: '+12025550123' }));
    await world.pass(10_000);
    const profile = world.klaviyo.state().profiles.find(({ email }) => email === 'ada@example.com');
    expect([(await decisions()).sort(), profile?.lists, profile?.consent.email.consent]).toEqual([
      ['email denied DEMO01', 'sms denied '],
      [],
      'SUBSCRIBED',
    ]);
  });

  it('that is merely opened asks, and changes nothing: scanners open what stands in a mail', async () => {
    const world = openWorld();
    const path = await linkFor({ email: 'ada@example.com' });
    const [page, head] = [await look(path), await send(path, undefined, { method: 'HEAD', origin: null })];
    await world.pass(10_000);
    expect([page.status, head.status, titleOf(page), await decisions(), calls(world)]).toEqual([
      200,
      200,
      'Unsubscribe',
      [],
      [],
    ]);
  });

  it('works from the button of its own page, where the browser names no origin, and as a multipart form', async () => {
    openWorld();
    const [ada, grace] = [await linkFor({ email: 'a@example.com' }), await linkFor({ email: 'g@example.com' })];
    const button = /<form method="post"><button name="([\w-]+)" value="([\w-]+)">/.exec((await look(ada)).text);
    const multipart = `--b\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
    const answers = [
      await follow(ada, `${button?.[1]}=${button?.[2]}`, { origin: 'null' }),
      await follow(grace, multipart, { 'content-type': 'multipart/form-data; boundary=b' }),
    ];
    expect([answers.map(titleOf), await decisions()]).toEqual([
      ['You are unsubscribed', 'You are unsubscribed'],
      ['email denied ', 'email denied '],
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['no form', '', 'application/x-www-form-urlencoded'],
    ['another form', 'List-Unsubscribe=Perhaps', 'application/x-www-form-urlencoded'],
    ['JSON', '{"List-Unsubscribe":"One-Click"}', 'application/json'],
    ['a broken multipart form', '--b', 'multipart/form-data; boundary=b'],
    ['an endless form', `${FORM}&x=${'x'.repeat(10_000)}`, 'application/x-www-form-urlencoded'],
  ])('that is posted with %s asks again', async (_title, body, type) => {
    openWorld();
    const answer = await follow(await linkFor({ email: 'ada@example.com' }), body, { 'content-type': type });
    expect([answer.status, titleOf(answer), await decisions()]).toEqual([200, 'Unsubscribe', []]);
  });

  it('is written once however often it is followed, and once more after the person agreed anew', async () => {
    openWorld();
    const path = await linkFor({ email: 'ada@example.com' });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await follow(path)).status);
    const before = await decisions();
    vi.setSystemTime(START_MS + 60_000);
    await decide({ email: 'ada@example.com' }, 'granted', {
      purpose: 'email',
      list: '',
      decidedAtMs: START_MS + 60_000,
    });
    vi.setSystemTime(START_MS + 120_000);
    for (let n = 0; n < 3; n++) statuses.push((await follow(path)).status);
    const states = await readTable<{ decision: string }>('consent_state');
    expect([new Set(statuses), before, await decisions(), states.map(({ decision }) => decision)]).toEqual([
      new Set([200]),
      ['email denied '],
      ['email denied ', 'email granted ', 'email denied '],
      ['denied'],
    ]);
  });

  it('that is broken or too old says so on a page, and does nothing', async () => {
    openWorld();
    const path = await linkFor({ email: 'ada@example.com' });
    const broken = [`${path.slice(0, -3)}AAA`, '/v1/unsubscribe/one-click', '/v1/unsubscribe/one-click?t=%00~~'];
    const answers = [];
    for (const each of broken) answers.push(await look(each), await follow(each));
    vi.setSystemTime(START_MS + 6 * 365 * 24 * 3_600_000);
    answers.push(await look(path), await follow(path));
    expect([answers.map((answer) => `${answer.status} ${titleOf(answer)}`), await decisions()]).toEqual([
      [...Array(6).fill('400 This link does not work'), ...Array(2).fill('410 This link is too old')],
      [],
    ]);
  });

  it('is answered by pages that no cache or search engine keeps, that run nothing, send no referrer and show nobody', async () => {
    openWorld();
    seenAnswers.length = 0;
    const path = await linkFor({ email: 'ada@example.com' });
    const pages = [await look(path), await follow(path), await look('/v1/unsubscribe/one-click?t=x')];
    const headers = pages.map(({ headers }) => [
      headers.get('cache-control'),
      headers.get('referrer-policy'),
      headers.get('x-robots-tag'),
      headers.get('set-cookie'),
      headers.get('content-security-policy')?.replace(/nonce-[\w-]{36}/, 'nonce-…'),
    ]);
    const policy =
      "default-src 'none'; style-src 'nonce-…'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    const expected = ['no-store', 'no-referrer', 'noindex', null, policy];
    expect([headers, seenAnswers.filter((text) => /ada|example\.com|<script/i.test(text))]).toEqual([
      [expected, expected, expected],
      [],
    ]);
  });

  it('is limited by itself, not by the mail service that many people use; guessing is limited by where it comes from', async () => {
    openWorld();
    const [ada, grace] = [await linkFor({ email: 'a@example.com' }), await linkFor({ email: 'g@example.com' })];
    const hits = [];
    for (let n = 0; n < 21; n++) hits.push((await follow(ada)).status);
    const last = await follow(ada);
    const guesses = [];
    for (let n = 0; n < 21; n++) guesses.push((await follow(`/v1/unsubscribe/one-click?t=${n}`)).status);
    expect([
      new Set(hits),
      [last.status, titleOf(last), last.headers.get('retry-after')],
      new Set(guesses),
      (await follow(grace)).status,
    ]).toEqual([new Set([200, 429]), [429, 'Please wait a minute', '60'], new Set([400, 429]), 200]);
  });
});

describe('Nothing acknowledged is lost', () => {
  it('when the ledger is away: a page says that it does not hold yet, and the mail service may try again', async () => {
    openWorld();
    const path = await linkFor({ email: 'ada@example.com' });
    vi.spyOn(env.DB, 'batch').mockRejectedValueOnce(new Error('D1 is away'));
    const answers = [await follow(path), await follow(path)];
    expect([
      answers.map((answer) => [answer.status, titleOf(answer), answer.headers.get('retry-after')]),
      await decisions(),
    ]).toEqual([
      [
        [503, 'Please try it again', '5'],
        [200, 'You are unsubscribed', null],
      ],
      ['email denied '],
    ]);
  });
});
