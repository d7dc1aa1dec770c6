import { describe, expect, it } from 'vitest';
import { LINK_TTL_MS } from '../../../src/lists/oneClick/limits.ts';
import type { Link } from '../../../src/lists/oneClick/link.ts';
import { openLink } from '../../../src/lists/oneClick/openLink.ts';
import { sealLink } from '../../../src/lists/oneClick/sealLink.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const old = { current: '1', keys: { 1: 'an-old-ledger-key-not-for-production!' } };
const both = { current: 'new ~%', keys: { ...old.keys, 'new ~%': 'a-newer-ledger-key-not-for-production' } };
const ada: Link = {
  account: 'main',
  source: 'backend',
  channel: 'email',
  address: 'ada@example.com',
  list: null,
  issuedAtMs: NOW,
};

/** A token as the query of an address brings it. */
const asQuery = (token: string) => new URL(`https://edge.example/?t=${token}`).searchParams.get('t') ?? '';

describe('an unsubscribe link', () => {
  it('stands for what it was made for, under the current key, and under one that was replaced since', async () => {
    const links = [ada, { ...ada, channel: 'sms' as const, address: '+12025550123', list: 'DEMO01' }];
    const opened = [];
    for (const link of links)
      for (const keys of [old, both])
        opened.push(await openLink(asQuery(await sealLink(link, keys)), { ledgerKeys: both, nowMs: NOW }));
    expect(opened).toEqual(links.flatMap((link) => [link, link]).map((link) => ({ ok: true, link })));
  });

  it('is never the same twice, and is as long for a short address as for a longer one', async () => {
    const tokens = [ada, ada, { ...ada, address: 'a@b.example' }].map((link) => sealLink(link, old));
    const [first, second, short] = await Promise.all(tokens);
    expect([first === second, first?.length === short?.length]).toEqual([false, true]);
  });

  it('tells nobody whom it stands for', async () => {
    const token = await sealLink(ada, old);
    const bytes = atob(token.slice(2).replaceAll('-', '+').replaceAll('_', '/'));
    expect([token, bytes].filter((text) => /ada|example|main|backend|email/.test(text))).toEqual([]);
  });

  it('is broken by any other character in any place, and by a cut', async () => {
    const token = await sealLink(ada, old);
    const changed = [...token].map((character, at) => {
      // Far enough away to change a bit that counts: the last character has two that do not.
      const other = /[A-Za-f]/.test(character) ? 'g' : 'A';
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    const cut = [...token].map((_, at) => token.slice(0, at));
    const reasons = new Set<string>();
    for (const each of [...changed, ...cut, `${token}A`, '__proto__~AAAA', 'constructor~AAAA']) {
      const opened = await openLink(each, { ledgerKeys: old, nowMs: NOW });
      reasons.add(opened.ok ? `opened ${each}` : opened.reason);
    }
    expect([...reasons]).toEqual(['broken']);
  });

  it('is of no use under another key, or with another version written before it', async () => {
    const token = await sealLink(ada, old);
    const others = { current: '2', keys: { 1: 'another-ledger-key-not-for-production!', 2: old.keys[1] } };
    const opened = [token, token.replace(/^1/, '2')].map((each) => openLink(each, { ledgerKeys: others, nowMs: NOW }));
    expect(await Promise.all(opened)).toEqual([
      { ok: false, reason: 'broken' },
      { ok: false, reason: 'broken' },
    ]);
  });

  it('works for five years', async () => {
    const token = await sealLink(ada, old);
    const ages = [LINK_TTL_MS - 1, LINK_TTL_MS];
    const opened = await Promise.all(ages.map((age) => openLink(token, { ledgerKeys: old, nowMs: NOW + age })));
    expect(opened).toEqual([
      { ok: true, link: ada },
      { ok: false, reason: 'expired' },
    ]);
  });
});
