import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { chooseJob } from '../../../src/deliver/chooseJob.ts';
import type { Ground } from '../../../src/deliver/Ground.ts';
import { Outbox } from '../../../src/deliver/Outbox.ts';
import { insertJob } from '../../../src/deliver/tables/jobs.ts';
import { createTables } from '../../../src/deliver/tables/schema.ts';
import type { LaneName } from '../../../src/map/item.ts';
import { sqliteStorage } from '../../model/support/sqliteStorage.ts';
import { receivedAtMs, storedEvent } from './support/items.ts';

interface Waiting {
  lane: LaneName;
  run?: string;
  /** How long it has been due. @default 0 */
  dueForMs?: number;
  receivedMs?: number;
  settling?: string;
}

/** An outbox with jobs, on a database that may be of an earlier release. */
function openOutbox(jobs: readonly Waiting[], before = ''): Outbox {
  const database = new DatabaseSync(':memory:');
  database.exec(before);
  const settings = { config: { accounts: { main: { share: 1 } } } };
  // Choosing asks nothing else of the outside.
  const ground = { storage: sqliteStorage(database), now: () => receivedAtMs, settings: () => settings };
  const outbox = new Outbox(ground as unknown as Ground);
  createTables(outbox.sql);
  for (const { lane, run = '', dueForMs = 0, receivedMs = receivedAtMs, settling = null } of jobs) {
    const item = { ...storedEvent('m'), subjects: [] };
    insertJob(outbox.sql, { lane, items: [item], attempts: 0, receivedMs, run, askedSeq: 0 }, receivedAtMs - dueForMs);
    outbox.sql.exec('UPDATE jobs SET settling = ? WHERE id = (SELECT max(id) FROM jobs)', settling);
  }
  return outbox;
}

/** The ids of the jobs that go at once, in the order in which they are chosen. */
function chooseAll(jobs: readonly Waiting[], options?: { consentOnly: boolean }): number[] {
  const outbox = openOutbox(jobs);
  const ids: number[] = [];
  for (let job = chooseJob(outbox, options); job; job = chooseJob(outbox, options)) ids.push(job.id);
  return ids;
}

const times = (n: number, lane: LaneName): Waiting[] => Array.from({ length: n }, () => ({ lane }));

describe('the job that goes next', () => {
  it.each<[string, Waiting[], number[]]>([
    ['goes by priority', [{ lane: 'members' }, { lane: 'events' }, { lane: 'profiles' }], [3, 2, 1]],
    ['is one of four at once', times(6, 'events'), [1, 2, 3, 4]],
    [
      'leaves a connection to consent, and one alone',
      [...times(5, 'events'), ...times(2, 'subscribe')],
      [6, 1, 2, 3, 4],
    ],
    ['is an opt-out before an erasure, which share a connection', [{ lane: 'erase' }, { lane: 'unsubscribe' }], [2]],
    [
      'is an opt-out before a sign-up however long that has waited, and then that, on connections of their own',
      [{ lane: 'subscribe', dueForMs: 1e9 }, { lane: 'unsubscribe' }],
      [2, 1],
    ],
    [
      'is no sign-up while an earlier opt-out or erasure is not over',
      [{ lane: 'unsubscribe' }, { lane: 'subscribe' }],
      [1],
    ],
    [
      'is no import while a change that an earlier one left behind is not over, and no change while such an import is',
      [{ lane: 'profile', receivedMs: 1 }, { lane: 'profiles' }],
      [1],
    ],
    [
      'is what has waited long rather than what stands higher: nothing starves',
      [...times(4, 'events'), { lane: 'members', dueForMs: 10_001 }],
      [5, 1, 2, 3],
    ],
    [
      'keeps to the priority where both have waited',
      [...times(4, 'events').map((job) => ({ ...job, dueForMs: 2000 })), { lane: 'members', dueForMs: 10_001 }],
      [1, 2, 3, 4],
    ],
    [
      'is one import at a time, in the order of the inbox',
      [{ lane: 'profiles' }, { lane: 'profiles', receivedMs: 1 }],
      [1],
    ],
    [
      'is the import that settles',
      [
        { lane: 'profiles', receivedMs: 1 },
        { lane: 'profiles', settling: 'j' },
      ],
      [2],
    ],
    ['is one change of a person at a time', ['a', 'a', 'b'].map((run) => ({ lane: 'profile', run })), [1, 3]],
    ['is no removal while an addition is under way', ['add', 'remove'].map((run) => ({ lane: 'members', run })), [1]],
  ])('%s', (_title, jobs, expected) => {
    expect(chooseAll(jobs)).toEqual(expected);
  });

  it('is one of consent alone when the alarm has had its time', () => {
    expect(chooseAll([{ lane: 'events' }, { lane: 'subscribe' }], { consentOnly: true })).toEqual([2]);
  });

  it('may be one that an earlier release left behind', () => {
    const before = `CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, v INTEGER NOT NULL, lane TEXT NOT NULL,
      items TEXT NOT NULL, count INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL, received_at INTEGER NOT NULL, settling TEXT) STRICT;
      INSERT INTO jobs VALUES (1, 1, 'events', '{"lane":"events","id":"old"}', 1, 0, 0, 0, 0, NULL);`;
    const outbox = openOutbox([], before);
    createTables(outbox.sql);
    expect(chooseJob(outbox)).toMatchObject({ id: 1, items: [{ id: 'old' }], run: '' });
  });
});
