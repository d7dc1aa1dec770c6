import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { appendDecisions } from '../../../src/consent/appendDecisions.ts';
import type { Decision } from '../../../src/consent/decision.ts';
import { knownAs } from '../../../src/consent/subjects.ts';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { findBreaks, readTable } from '../support/ledger.ts';
import { LEDGER_KEY } from '../support/settings.ts';
import { START_MS } from '../support/world.ts';

const keys = { current: '1', keys: { 1: LEDGER_KEY } };

async function append(messageId: string, change: Partial<Decision> = {}, email = 'ada@example.com', by = keys) {
  const [known] = await knownAs('main', { email }, by);
  if (!known) throw new Error('an address makes a subject');
  const decision: Decision = {
    ...known,
    purpose: 'email',
    decision: 'granted',
    list: 'DEMO01',
    decidedAtMs: START_MS,
    receivedAtMs: START_MS,
    source: 'web',
    messageId,
    evidence: { page: `/${messageId}` },
    ...change,
  };
  return appendDecisions(env.DB, 'main', [decision], by);
}

describe('the ledger', () => {
  it('is one chain a person: each entry covers the one before', async () => {
    for (const id of ['m1', 'm2', 'm3']) await append(id);
    await append('m1', {}, 'grace@example.com');
    const entries = await readTable<EntryRow>('ledger_entries');
    const lengths = [...Map.groupBy(entries, ({ subject }) => subject).values()].map(({ length }) => length).sort();
    expect([lengths, await findBreaks()]).toEqual([[1, 3], []]);
  });

  it('shows every change of an entry or its evidence, and one taken out of the middle', async () => {
    for (const id of ['m1', 'm2', 'm3']) await append(id);
    const tamper = async (sql: string, back: string) => {
      await env.DB.prepare(sql).run();
      const breaks = await findBreaks();
      await env.DB.prepare(back).run();
      return breaks.length > 0;
    };
    const seen = [
      await tamper(
        "UPDATE ledger_entries SET decision = 'denied' WHERE seq = 2",
        "UPDATE ledger_entries SET decision = 'granted' WHERE seq = 2",
      ),
      await tamper(
        'UPDATE ledger_entries SET decided_at = decided_at + 1 WHERE seq = 1',
        'UPDATE ledger_entries SET decided_at = decided_at - 1 WHERE seq = 1',
      ),
      await tamper(
        `UPDATE ledger_evidence SET evidence = '{"page":"/x"}' WHERE seq = 3`,
        `UPDATE ledger_evidence SET evidence = '{"page":"/m3"}' WHERE seq = 3`,
      ),
      await findBreaks(),
      await tamper('DELETE FROM ledger_entries WHERE seq = 2', 'SELECT 1'),
    ];
    expect(seen).toEqual([true, true, true, [], true]);
  });

  it('does not fork when many write to one person at once', async () => {
    const appended = await Promise.all(Array.from({ length: 12 }, (_, index) => append(`m${index}`)));
    const seqs = appended.map((result) => (result.ok ? result.heads[0]?.seq : undefined) ?? 0).sort((a, b) => a - b);
    expect([seqs, await findBreaks()]).toEqual([Array.from({ length: 12 }, (_, index) => index + 1), []]);
  });

  it('never loses an entry silently: past its tries it says so', async () => {
    const appended = await Promise.all(Array.from({ length: 60 }, (_, index) => append(`m${index}`)));
    const written = appended.filter(({ ok }) => ok).length;
    const refused = appended.flatMap((result) => (result.ok ? [] : [result.reason]));
    expect([(await readTable('ledger_entries')).length, new Set(refused).size <= 1, await findBreaks()]).toEqual([
      written,
      true,
      [],
    ]);
  });

  it('writes one message once, also when it comes many times at once', async () => {
    const appended = await Promise.all(Array.from({ length: 8 }, () => append('m1')));
    const ends = appended.map((result) => result.ok && result.heads.map(({ seq }) => seq));
    expect([ends, (await readTable('ledger_entries')).length]).toEqual([appended.map(() => [1]), 1]);
  });

  it('keeps the time of a decision whose message comes again later', async () => {
    await append('m1', { decision: 'denied' });
    const again = await append('m1', { decision: 'denied', decidedAtMs: START_MS + 60_000 });
    expect(again).toMatchObject({ ok: true, decisions: [{ decidedAtMs: START_MS }] });
  });

  it('does not take a yes that comes again for a new one because the key was replaced meanwhile', async () => {
    await append('m1');
    const next = { current: '2', keys: { ...keys.keys, 2: 'another-ledger-key-for-tests-only-2' } };
    const again = await append('m1', { decidedAtMs: START_MS + 60_000 }, 'ada@example.com', next);
    expect([again, (await readTable('ledger_entries')).length]).toMatchObject([
      { ok: true, decisions: [{ decidedAtMs: START_MS }] },
      1,
    ]);
  });

  it('writes the no of a message whose id said yes before', async () => {
    await append('m1');
    await append('m1', { decision: 'denied' });
    const states = await readTable<{ decision: string }>('consent_state');
    expect([states, await findBreaks()]).toMatchObject([[{ decision: 'denied' }], []]);
  });

  it('takes many decisions at once, of many people and of one, all or none', async () => {
    const people = await Promise.all(
      Array.from({ length: 500 }, (_, n) => knownAs('main', { email: `p${n % 250}@example.com` }, keys)),
    );
    const decisions = people.flat().map(
      (known, n): Decision => ({
        ...known,
        purpose: 'tracking',
        decision: n < 250 ? 'granted' : 'denied',
        list: '',
        decidedAtMs: START_MS,
        receivedAtMs: START_MS,
        source: 'import',
        messageId: `m${n}`,
        evidence: {},
      }),
    );
    const broken = { ...decisions[0], purpose: 'fax' } as unknown as Decision;
    const refused = await appendDecisions(env.DB, 'main', [...decisions, broken], keys).catch(() => 'refused');
    const before = await readTable('subjects');
    const appended = await appendDecisions(env.DB, 'main', decisions, keys);
    const ends = appended.ok ? appended.heads.map(({ seq }) => seq) : [];
    expect([refused, before, ends, await findBreaks()]).toEqual(['refused', [], Array(250).fill(2), []]);
  });

  it('adds up to the later decision; on a tie to the denial', async () => {
    await append('m1', { decision: 'denied', decidedAtMs: START_MS });
    await append('m2', { decision: 'granted', decidedAtMs: START_MS });
    await append('m3', { decision: 'granted', decidedAtMs: START_MS - 1 });
    const denied = await readTable<{ decision: string; seq: number }>('consent_state');
    await append('m4', { decision: 'granted', decidedAtMs: START_MS + 1 });
    const granted = await readTable<{ decision: string; seq: number }>('consent_state');
    expect([denied, granted]).toMatchObject([[{ decision: 'denied', seq: 1 }], [{ decision: 'granted', seq: 4 }]]);
  });
});
