import { appendDecisions } from '../../src/consent/appendDecisions.ts';
import type { Decision } from '../../src/consent/decision.ts';
import { knownAs } from '../../src/consent/subjects.ts';
import { judgeItems } from '../../src/deliver/gate.ts';
import { laneOf } from '../../src/deliver/lanes/index.ts';
import { type StoredItem, storeItem } from '../../src/deliver/storedItem.ts';
import type { EventItem } from '../../src/map/item.ts';
import type { LedgerKeys } from '../../src/settings.ts';
import { insertEntries, type LedgerRow } from '../../src/store/ledgerEntries.ts';
import { shopEvent } from '../model/support/shopEvents.ts';
import { START_MS } from '../model/support/startMs.ts';
import type { ConsentPhase, ConsentWork } from './consentPhase.ts';

const keys: LedgerKeys = { current: '1', keys: { 1: 'a-ledger-key-that-is-for-benches-only' } };
const delivery = { maxWaitMs: 2000, backfillAfterMinutes: {}, maxAgeHours: 72 };

/** Runs the phases of one round after the other, on a real D1. */
export class ConsentPhases {
  readonly #db: D1Database;
  #round = 0;
  #items: StoredItem[] = [];
  #body = '';
  #decisions: Decision[] = [];
  #together: Decision[] = [];
  #rows: LedgerRow[] = [];
  #rowsTogether: LedgerRow[] = [];

  constructor(db: D1Database) {
    this.#db = db;
  }

  async run(phase: ConsentPhase, work: ConsentWork): Promise<{ bodyBytes: number }> {
    await this[phase](work);
    return { bodyBytes: this.#body.length };
  }

  async prepare({ people, decisions }: ConsentWork): Promise<void> {
    this.#round += 1;
    this.#items = Array.from({ length: people }, (_, n) => storeItem(eventOf(this.#round * people + n)));
    this.#body = laneOf('events').build(this.#items, { nowMs: START_MS, delivery } as never);
    this.#decisions = await this.#decide('one', decisions);
    this.#together = await this.#decide('all', decisions);
    this.#rows = (await this.#decide('plain', decisions)).map(toRow);
    this.#rowsTogether = (await this.#decide('plain-all', decisions)).map(toRow);
  }

  async gate({ jobs }: ConsentWork): Promise<void> {
    const sources = { db: this.#db, account: 'main', ledgerKeys: keys, identity: {} as never };
    for (let job = 0; job < jobs; job++) {
      const judged = await judgeItems(this.#items, laneOf('events'), sources);
      if (!judged.every(({ verdict }) => verdict.ok)) throw new Error('nobody in the job said no');
    }
  }

  parseJob({ jobs }: ConsentWork): void {
    for (let job = 0; job < jobs; job++) {
      if (JSON.stringify(JSON.parse(this.#body)).length !== this.#body.length) throw new Error('another body');
    }
  }

  async append(): Promise<void> {
    for (const decision of this.#decisions) await appendDecisions(this.#db, 'main', [decision], keys);
  }

  async appendTogether(): Promise<void> {
    await appendDecisions(this.#db, 'main', this.#together, keys);
  }

  async insert(): Promise<void> {
    for (const row of this.#rows) await this.#db.batch(statementsOf(this.#db, row));
  }

  /** As the ledger does it: one statement a table, however many rows. */
  async insertTogether(): Promise<void> {
    await insertEntries(this.#db, 'main', this.#rowsTogether);
  }

  async #decide(name: string, n: number): Promise<Decision[]> {
    const people = Array.from({ length: n }, (_, index) => ({ email: `${name}-${this.#round}-${index}@example.com` }));
    const known = await Promise.all(people.map((who) => knownAs('main', who, keys)));
    return known.flat().map((each, index) => ({
      ...each,
      purpose: 'tracking',
      decision: index % 2 ? 'granted' : 'denied',
      list: '',
      decidedAtMs: START_MS + index,
      receivedAtMs: START_MS + index,
      source: 'web',
      messageId: crypto.randomUUID(),
      evidence: { page: 'https://shop.example.com/', ip: '203.0.113.0', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
    }));
  }
}

/** Events of people as a busy shop sends them, each of somebody else and of a known address. */
function eventOf(n: number): EventItem {
  const id = `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;
  return { ...shopEvent(n), who: { email: `visitor-${n}@example.com`, anonymous_id: id } };
}

/** The row that a decision becomes, with a hash that nobody computed. */
function toRow({
  subject,
  purpose,
  decision,
  list,
  decidedAtMs,
  receivedAtMs,
  source,
  messageId,
  evidence,
}: Decision): LedgerRow {
  const hash = subject.subject.slice(2);
  const said = { purpose, decision, list, decided_at: decidedAtMs, received_at: receivedAtMs, source };
  const entry = {
    subject: subject.subject,
    seq: 1,
    v: 1,
    ...said,
    message_id: messageId,
    evidence_hash: hash,
    prev: '',
    hash,
  };
  return { of: subject, entry, salt: messageId, evidence: JSON.stringify(evidence) };
}

/** The same rows as anybody would insert them. */
function statementsOf(db: D1Database, { of, entry, salt, evidence }: LedgerRow): D1PreparedStatement[] {
  const { subject, seq, purpose, list, decision, decided_at, received_at } = entry;
  const insert = (table: string, values: readonly unknown[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).bind(...values);
  return [
    insert('subjects', [subject, 'main', of.kind, of.keyVersion, received_at]),
    insert('ledger_entries', Object.values(entry)),
    insert('ledger_evidence', [subject, seq, salt, evidence]),
    insert('consent_state', [subject, purpose, list, decision, decided_at, seq]),
  ];
}
