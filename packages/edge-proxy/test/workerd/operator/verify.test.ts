import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { ask, refusal } from '../support/operator.ts';
import { send } from '../support/post.ts';
import { openWorld } from '../support/world.ts';

const decide = (n: number) =>
  send('/v1/consent', {
    writeKey: 'sk_backend',
    messageId: `c${n}`,
    email: `p${n % 110}@example.com`,
    purposes: { tracking: n % 2 ? 'granted' : 'denied' },
  });

describe("the ledger's verification", () => {
  it('finds nothing in what the routes wrote, on any page', async () => {
    openWorld();
    for (let n = 0; n < 120; n++) await decide(n);
    const first = await ask<{ next: string }>('consent/verify');
    const second = await ask(`consent/verify?cursor=${encodeURIComponent(first.next)}`);
    expect([first, second]).toEqual([
      { subjects: 100, entries: expect.any(Number), breaks: [], next: expect.any(String) },
      { subjects: 10, entries: expect.any(Number), breaks: [], next: null },
    ]);
  });

  it('finds an end that was cut off in the database, since the Dispatcher knows where it was', async () => {
    const world = openWorld();
    for (const n of [0, 110, 220]) await decide(n);
    await env.DB.prepare('DELETE FROM ledger_entries WHERE seq = 3').run();
    await env.DB.prepare('DELETE FROM ledger_evidence WHERE seq = 3').run();
    await env.DB.prepare('UPDATE consent_state SET seq = 2').run();
    const { breaks } = await ask<{ breaks: object[] }>('consent/verify');
    expect([breaks, world.output.some((line) => line.includes('ledger broken'))]).toMatchObject([
      [{ seq: 3, what: 'end_cut_off' }],
      true,
    ]);
  });

  it('wants an account that there is', async () => {
    openWorld();
    expect(await refusal('consent/verify?account=second')).toEqual([404, 'not_found']);
  });
});
