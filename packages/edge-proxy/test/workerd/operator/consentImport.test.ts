import { env } from 'cloudflare:workers';
import type { ImportAnswer } from '@sluice/shared';
import { describe, expect, it, vi } from 'vitest';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { decide } from '../support/decide.ts';
import { type Evidence, findBreaks, readTable } from '../support/ledger.ts';
import { send, summary } from '../support/post.ts';
import { openWorld, START_MS, type World } from '../support/world.ts';

const GRANTED = '2025-01-02T03:04:05.000Z';
const FILE = `email,phone,decision,list,decided_at,page,form_text
ada@example.com,,granted,,${GRANTED},/join,"Yes, mail me."
grace@example.com,,granted,,${GRANTED},,
alan@example.com,,denied,,,,
,+12025550123,denied,,,,
not an address,,denied,,,,
`;

function importFile(body: string | Uint8Array, query = '', headers: Record<string, string> = {}) {
  const authorization = 'Bearer op_alice';
  return send(`/v1/operator/consent/import${query}`, body, { origin: null, headers: { authorization, ...headers } });
}

const entries = async () =>
  (await readTable<EntryRow>('ledger_entries'))
    .map(({ purpose, decision, list, source, decided_at }) =>
      [
        purpose,
        decision,
        list || 'all',
        source,
        decided_at === START_MS ? 'now' : new Date(decided_at).toISOString(),
      ].join(' '),
    )
    .sort();

interface Sent {
  historical_import?: boolean;
  profiles: { data: { attributes: { email: string; subscriptions: { email: { marketing: object } } } }[] };
}

/** The subscribe calls that reached Klaviyo: whether historical, whom, and since when. */
const subscribed = ({ klaviyo }: World) =>
  klaviyo
    .requests()
    .filter(({ operation }) => operation === 'bulk_subscribe_profiles')
    .map(({ requestBody }) => (requestBody as { data: { attributes: Sent } }).data.attributes)
    .map(({ historical_import = false, profiles }) => [
      historical_import,
      ...profiles.data.map(({ attributes: { email, subscriptions } }) => [email, subscriptions.email.marketing]),
    ]);

describe('an import of consent', () => {
  it('takes grants with evidence and all denials into the ledger and to Klaviyo, and names the rows that it refuses', async () => {
    const world = openWorld();
    const { status, json, headers } = await importFile(FILE);
    await world.pass(20_000);
    const people = world.klaviyo
      .state()
      .profiles.map(({ email, phone_number, consent }) => [
        email ?? phone_number,
        consent.email.consent,
        consent.sms.consent,
      ]);
    expect([
      status,
      json,
      headers.get('cache-control'),
      await entries(),
      subscribed(world),
      people.sort(),
      await findBreaks(),
    ]).toEqual([
      200,
      {
        rows: 5,
        granted: 1,
        denied: 2,
        rejected: [
          { row: 3, code: 'evidence_missing', message: expect.any(String) },
          { row: 6, code: 'email_invalid', message: expect.any(String) },
        ],
        requestId: expect.any(String),
      },
      'no-store',
      [
        'email denied all operator:import now',
        `email granted DEMO01 operator:import ${GRANTED}`,
        'sms denied all operator:import now',
      ],
      [[true, ['ada@example.com', { consent: 'SUBSCRIBED', consented_at: GRANTED }]]],
      [
        ['+12025550123', 'NEVER_SUBSCRIBED', 'UNSUBSCRIBED'],
        ['ada@example.com', 'SUBSCRIBED', 'NEVER_SUBSCRIBED'],
        ['alan@example.com', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED'],
      ],
      [],
    ]);
    const [evidence] = (await readTable<Evidence>('ledger_evidence')).filter((row) => row.evidence.includes('/join'));
    expect(JSON.parse(evidence?.evidence ?? '')).toEqual({
      import: 'operator',
      page: '/join',
      formText: 'Yes, mail me.',
    });
  });

  it('never goes in one call with a sign-up of today, which has to be confirmed', async () => {
    const world = openWorld();
    await importFile(FILE);
    await send('/v1/subscribe', { writeKey: 'sk_backend', email: 'new@example.com' }, { origin: null });
    await world.collect();
    await world.pass(20_000);
    expect(subscribed(world).sort()).toEqual([
      [false, ['new@example.com', { consent: 'SUBSCRIBED' }]],
      [true, ['ada@example.com', { consent: 'SUBSCRIBED', consented_at: GRANTED }]],
    ]);
  });

  it('of the same file, or of the same rows in another, writes nothing twice, and answers the same', async () => {
    openWorld();
    const first = await importFile(FILE);
    const before = await entries();
    vi.setSystemTime(START_MS + 60_000);
    const again = await importFile(FILE);
    const [header, ...rows] = FILE.trim().split('\n');
    await importFile([header, ...rows.reverse(), ...rows].join('\r\n'));
    const { requestId: _first, ...one } = first.json as unknown as ImportAnswer;
    const { requestId: _again, ...two } = again.json as unknown as ImportAnswer;
    expect([one, before.length, (await readTable('ledger_entries')).length]).toEqual([two, 3, 3]);
  });

  it('subscribes nobody who has said no since', async () => {
    const world = openWorld();
    await decide({ email: 'ada@example.com' }, 'denied', { purpose: 'email' });
    await importFile(FILE);
    await world.pass(20_000);
    const { refused } = await world.tally();
    expect([subscribed(world), refused]).toEqual([[], 1]);
  });

  it('that comes again undoes no yes that followed a denial without a time', async () => {
    const world = openWorld();
    await importFile('email,decision\nalan@example.com,denied');
    await world.pass(60_000);
    await send('/v1/subscribe', { writeKey: 'sk_backend', email: 'alan@example.com' }, { origin: null });
    await world.collect();
    await world.pass(60_000);
    await importFile('email,decision\nalan@example.com,denied');
    await world.pass(60_000);
    expect([world.klaviyo.state().profiles[0]?.consent.email.consent, await world.tally()]).toMatchObject([
      'SUBSCRIBED',
      { delivered: 2, refused: 1 },
    ]);
  });

  it('of JSON a line and of many rows goes in chunks', async () => {
    const world = openWorld();
    const row = { decision: 'denied', decided_at: GRANTED };
    const lines = Array.from({ length: 850 }, (_, n) => JSON.stringify({ ...row, email: `p${n}@example.com` }));
    const { json } = await importFile(lines.join('\n'));
    await world.pass(60_000);
    const people = world.klaviyo.state().profiles.map(({ consent }) => consent.email.consent);
    expect([json, people.length, new Set(people), world.optOuts]).toMatchObject([
      { rows: 850, granted: 0, denied: 850, rejected: [] },
      850,
      new Set(['UNSUBSCRIBED']),
      [],
    ]);
  });

  it('is written down: who, what file, what became of it, and nobody in it', async () => {
    openWorld();
    await importFile(FILE);
    const rows = await readTable<{ detail: string; outcome: string }>('operator_audit');
    expect([
      rows.map((row) => ({ ...row, detail: JSON.parse(row.detail), outcome: JSON.parse(row.outcome) })),
      /example|2025550/.test(JSON.stringify(rows)),
    ]).toEqual([
      [
        {
          id: 1,
          at: START_MS,
          operator: 'alice',
          action: 'consent_import',
          account: 'main',
          detail: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: FILE.length, rows: 5 },
          outcome: { isComplete: true, granted: 1, denied: 2, rejected: 2 },
        },
      ],
      false,
    ]);
  });

  it('that fails on the way says so, keeps what it took, and goes on when the file comes again', async () => {
    const world = openWorld();
    vi.spyOn(env.DB, 'batch').mockRejectedValueOnce(new Error('D1 is away'));
    const answers = [summary(await importFile(FILE)), (await importFile(FILE)).status];
    await world.pass(20_000);
    const rows = await readTable<{ outcome: string }>('operator_audit');
    expect([answers, (await entries()).length, rows.map((row) => JSON.parse(row.outcome).isComplete)]).toEqual([
      [[503, 'storage_unavailable'], 200],
      3,
      [false, true],
    ]);
  });

  it.each<[string, string | Uint8Array, string, unknown[]]>([
    ['too large', new Uint8Array(10_000_001).fill(0x61), '', [413, 'body_too_large']],
    ['no UTF-8', new Uint8Array([0xe4, 0x0a]), '', [400, 'encoding_unsupported']],
    ['without its quotes', 'email,decision\n"a', '', [400, 'body_malformed']],
    ['for an account that is not there', FILE, '?account=second', [404, 'not_found']],
  ])('%s is refused, and leaves no trace', async (_title, body, query, expected) => {
    openWorld();
    expect([summary(await importFile(body, query)), await entries(), await readTable('operator_audit')]).toEqual([
      expected,
      [],
      [],
    ]);
  });

  it('is for operators alone', async () => {
    openWorld();
    const answers = [];
    for (const key of ['Bearer sk_backend', 'Bearer wk_demo', ''])
      answers.push(summary(await importFile(FILE, '', { authorization: key })));
    expect(answers).toEqual(Array(3).fill([401, 'operator_unauthorized']));
  });
});
