import type { LaneName } from '../../map/item.ts';
import { ageFrom } from '../ageFrom.ts';
import type { FrozenItem } from '../freeze.ts';
import { readLine, writeLine } from '../itemLine.ts';
import { MAX_TRIES_TOGETHER } from '../limits.ts';
import { assertRowFits } from './assertRowFits.ts';
import { readRows } from './readRows.ts';

/** A frozen request: its items go to Klaviyo together, under the profiles and ids they were frozen with. */
export interface Job {
  id: number;
  lane: LaneName;
  items: FrozenItem[];
  attempts: number;
  nextMs: number;
  /** When this row was made. */
  createdMs: number;
  /** Its turn where jobs keep an order: halves have that of the whole. */
  place: number;
  /** From when the age of its oldest item counts. */
  receivedMs: number;
  /** Klaviyo's id of the asynchronous job that is polled. */
  settling: string | null;
  /** What its items have in common: a key of its lane's. */
  run: string;
  /** The last block that its freezing knew of: what came later is asked for before each call. */
  askedSeq: number;
}

/** What is needed to choose a job, without its items. */
export type JobHead = Pick<
  Job,
  'id' | 'lane' | 'attempts' | 'nextMs' | 'createdMs' | 'place' | 'receivedMs' | 'settling' | 'run' | 'askedSeq'
>;

type NewJob = Pick<Job, 'lane' | 'items' | 'attempts' | 'receivedMs' | 'run' | 'askedSeq'> & { place?: number };

/** `text`: the items' JSON, a line each, where the caller has it already. Returns the job's id. */
export function insertJob(sql: SqlStorage, job: NewJob, nowMs: number, text = toText(job.items)): number {
  const query = `INSERT INTO jobs (v, lane, items, count, attempts, next_at, created_at, received_at, run, place, asked_seq)
    VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, octet_length(items) AS bytes`;
  const { lane, items, attempts, receivedMs, run, place = null, askedSeq } = job;
  const values = [lane, text, items.length, attempts, nowMs, nowMs, receivedMs, run, place, askedSeq];
  const row = sql.exec<{ id: number; bytes: number }>(query, ...values).one();
  assertRowFits(row);
  return row.id;
}

export function readJobHeads(sql: SqlStorage): JobHead[] {
  const query = `SELECT id, lane, attempts, next_at AS nextMs, created_at AS createdMs, coalesce(place, id) AS place,
    received_at AS receivedMs, settling, run, asked_seq AS askedSeq FROM jobs ORDER BY next_at, id`;
  return readRows<JobHead>(sql, query);
}

export function readItems(sql: SqlStorage, id: number): FrozenItem[] {
  const { items } = sql.exec<{ items: string }>('SELECT items FROM jobs WHERE id = ?', id).one();
  return items.split('\n').map((line) => readLine<FrozenItem>(line));
}

/** The last job there is. */
export function lastJob(sql: SqlStorage): number {
  return sql.exec<{ id: number | null }>('SELECT max(id) AS id FROM jobs').one().id ?? 0;
}

/** The items of jobs up to one, and of what became of these, unless Klaviyo has taken them; a job at a time. */
export function* readItemsUpTo(sql: SqlStorage, job: number): Generator<FrozenItem[]> {
  const query = 'SELECT items FROM jobs WHERE coalesce(place, id) <= ? AND settling IS NULL';
  for (const { items } of sql.exec<{ items: string }>(query, job))
    yield items.split('\n').map((line) => readLine<FrozenItem>(line));
}

export function replaceItems(sql: SqlStorage, id: number, items: readonly FrozenItem[], nextMs: number): void {
  const query = `UPDATE jobs SET items = ?, count = ?, next_at = ?, received_at = ?, settling = NULL WHERE id = ?
    RETURNING octet_length(items) AS bytes`;
  const values = [toText(items), items.length, nextMs, oldestOf(items), id];
  assertRowFits(sql.exec<{ bytes: number }>(query, ...values).one());
}

export function postponeJob(
  sql: SqlStorage,
  id: number,
  { attempts, nextMs, settling }: Pick<Job, 'attempts' | 'nextMs' | 'settling'>,
): void {
  sql.exec('UPDATE jobs SET attempts = ?, next_at = ?, settling = ? WHERE id = ?', attempts, nextMs, settling, id);
}

/** The first number that any job's freezing knew of as the last; undefined without jobs. */
export function oldestAsked(sql: SqlStorage): number | undefined {
  const query = 'SELECT min(asked_seq) AS seq FROM jobs';
  return sql.exec<{ seq: number | null }>(query).one().seq ?? undefined;
}

/** Lets the jobs of a lane that pause after a failure go now. */
export function hastenJobs(sql: SqlStorage, lane: LaneName, nowMs: number): void {
  sql.exec(
    'UPDATE jobs SET next_at = ?1 WHERE lane = ?2 AND attempts > 0 AND settling IS NULL AND next_at > ?1',
    nowMs,
    lane,
  );
}

export function deleteJob(sql: SqlStorage, id: number): void {
  sql.exec('DELETE FROM jobs WHERE id = ?', id);
}

/** Items in jobs, by lane. */
export function countJobItems(sql: SqlStorage): Map<LaneName, number> {
  const rows = sql
    .exec<{ lane: LaneName; n: number }>('SELECT lane, sum(count) AS n FROM jobs GROUP BY lane')
    .toArray();
  return new Map(rows.map(({ lane, n }) => [lane, n]));
}

/** Jobs by lane: those that wait out no pause, and all but the single items that keep failing on their own. */
export function countJobs(sql: SqlStorage, nowMs: number): Map<LaneName, { all: number; ready: number }> {
  const query = 'SELECT lane, sum(count > 1 OR attempts < ?) AS n, sum(next_at <= ?) AS ready FROM jobs GROUP BY lane';
  const rows = sql.exec<{ lane: LaneName; n: number; ready: number }>(query, MAX_TRIES_TOGETHER, nowMs).toArray();
  return new Map(rows.map(({ lane, n, ready }) => [lane, { all: n, ready }]));
}

/** From when the age of the oldest of some items counts. */
export function oldestOf(items: readonly FrozenItem[]): number {
  return Math.min(...items.map(ageFrom));
}

function toText(items: readonly FrozenItem[]): string {
  return items.map(writeLine).join('\n');
}
