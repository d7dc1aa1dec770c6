import { ConfigSchema } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { readImport } from '../../../../src/consent/import/readImport.ts';
import { takeRow } from '../../../../src/consent/import/takeRow.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const { main } = ConfigSchema.parse({
  accounts: { main: { defaultList: 'DEMO01' } },
  sources: [{ id: 'backend', kind: 'server' }],
}).accounts;
if (!main) throw new Error('there is a main account');
const noList = { ...main, defaultList: null };
const grant = { email: 'ada@example.com', decision: 'granted', decided_at: '2025-01-02T03:04:05+01:00', page: '/join' };
const denial = { email: 'ada@example.com', decision: 'denied' };

/** What is taken of a row, or the code that it is refused with. */
function take(cells: Record<string, unknown> | undefined, account = main as typeof noList): unknown {
  const taken = takeRow({ row: 2, cells }, { account, receivedAtMs: NOW });
  if (!taken.ok) return taken.code;
  return taken.decisions.map(({ channel, address, decision, list, decidedAtMs }) =>
    [channel, address, decision, list ?? 'all', decidedAtMs === NOW ? 'now' : new Date(decidedAtMs).toISOString()].join(
      ' ',
    ),
  );
}

const at = '2025-01-02T02:04:05.000Z';

describe('a row of an import', () => {
  it.each<[string, unknown, unknown]>([
    ['a grant with its evidence', take(grant), [`email ada@example.com granted DEMO01 ${at}`]],
    ['a grant of a list', take({ ...grant, list: ' OTHER1 ' }), [`email ada@example.com granted OTHER1 ${at}`]],
    [
      'a grant of a day',
      take({ ...grant, decided_at: '2025-01-02' }),
      ['email ada@example.com granted DEMO01 2025-01-02T00:00:00.000Z'],
    ],
    ['a grant of no list', take(grant, noList), 'list_not_found'],
    ['a grant without a page or text', take({ ...grant, page: ' ', form_version: '3' }), 'evidence_missing'],
    ['a grant without a date', take({ ...grant, decided_at: '' }), 'evidence_missing'],
    ['a grant of the future', take({ ...grant, decided_at: '2026-11-27T12:00:01Z' }), 'evidence_missing'],
    ['a grant at a time of no zone', take({ ...grant, decided_at: '2025-01-02T03:04:05' }), 'evidence_missing'],
    ['a grant on a day that is none', take({ ...grant, decided_at: '2025-02-31T25:00:00Z' }), 'evidence_missing'],
    ["a grant in a spreadsheet's words", take({ ...grant, decided_at: '2/1/2025' }), 'evidence_missing'],
    ['a denial', take(denial), ['email ada@example.com denied all now']],
    ['a denial with a date', take({ ...denial, decided_at: at }), [`email ada@example.com denied all ${at}`]],
    [
      'a denial with a bad date',
      take({ ...denial, decided_at: 'last week' }),
      ['email ada@example.com denied all now'],
    ],
    ['a denial of the future', take({ ...denial, decided_at: '2030-01-01' }), ['email ada@example.com denied all now']],
    [
      'a denial of a list, with no default',
      take({ ...denial, list: 'X1' }, noList),
      ['email ada@example.com denied X1 now'],
    ],
    [
      'a denial of both',
      take({ ...denial, phone: '+12025550123' }),
      ['email ada@example.com denied all now', 'sms +12025550123 denied all now'],
    ],
    [
      'a denial of SMS',
      take({ ...denial, phone: '+12025550123', channel: 'SMS' }),
      ['sms +12025550123 denied all now'],
    ],
    ['a denial with a bad number beside', take({ ...denial, phone: '12' }), ['email ada@example.com denied all now']],
    ['a grant with a bad number beside', take({ ...grant, phone: '12' }), 'phone_invalid'],
    ['a bad address', take({ ...denial, email: 'ada@' }), 'email_invalid'],
    ['a bad number', take({ decision: 'denied', phone: '12' }), 'phone_invalid'],
    ['nobody', take({ decision: 'denied' }), 'row_invalid'],
    ['SMS without a number', take({ ...denial, channel: 'sms' }), 'row_invalid'],
    ['another channel', take({ ...denial, channel: 'fax' }), 'row_invalid'],
    ['no decision', take({ ...grant, decision: 'yes' }), 'row_invalid'],
    ['a field of another kind', take({ ...denial, email: 7 }), 'row_invalid'],
    ['an unknown field', take({ ...denial, consent: 'yes' }), 'row_invalid'],
    ['a prototype', take(JSON.parse('{"__proto__":{"decision":"denied"},"email":"ada@example.com"}')), 'row_invalid'],
    ['a row that cannot be told apart', take(undefined), 'row_invalid'],
  ])('%s', (_title, taken, expected) => {
    expect(taken).toEqual(expected);
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = (read: ReturnType<typeof readImport>) => ('code' in read ? read.code : read);

describe('a file of an import', () => {
  it('is CSV with a header in any order, or JSON a line, told apart by its first character', () => {
    const csv = '\uFEFFDecision, email \r\n\r\ndenied,ada@example.com\r\ndenied\r\n';
    const lines = '{"email":"ada@example.com","decision":"denied"}\r\n\n[1]\n{"email":\n';
    const row = { email: 'ada@example.com', decision: 'denied' };
    expect([readImport(bytes(csv)), readImport(bytes(lines))]).toEqual([
      [
        { row: 3, cells: row },
        { row: 4, cells: undefined },
      ],
      [
        { row: 1, cells: row },
        { row: 3, cells: undefined },
        { row: 4, cells: undefined },
      ],
    ]);
  });

  it.each([
    ['in Latin-1', new Uint8Array([...bytes('email,decision\n'), 0xe4]), 'encoding_unsupported'],
    ['in UTF-16', new Uint8Array([0xff, 0xfe, 0x65, 0]), 'encoding_unsupported'],
    ['in UTF-16 without a mark', new Uint8Array([0x65, 0, 0x6d, 0]), 'encoding_unsupported'],
    ['without a header', bytes('ada@example.com,denied\n'), 'body_malformed'],
    ['with semicolons', bytes('email;decision\nada@example.com;denied\n'), 'body_malformed'],
    ['with a column twice', bytes('email,decision,email\n'), 'body_malformed'],
    ['with a column __proto__', bytes('email,decision,__proto__\n'), 'body_malformed'],
    ['with a quote that is not closed', bytes('email,decision\n"ada@example.com,denied\n'), 'body_malformed'],
    ['of too many rows', bytes(`email,decision\n${'a,b\n'.repeat(20_001)}`), 'body_too_large'],
    ['of nothing', bytes(''), []],
  ])('%s is refused as a whole', (_title, file, expected) => {
    expect(codeOf(readImport(file))).toEqual(expected);
  });

  it('without a header quotes nobody', () => {
    const read = readImport(bytes('ada@example.com,denied\n'));
    expect(JSON.stringify(read)).not.toMatch(/ada|example/);
  });
});
