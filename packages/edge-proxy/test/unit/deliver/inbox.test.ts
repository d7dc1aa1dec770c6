import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Inbox, type Waiting } from '../../../src/deliver/tables/inbox.ts';
import { createTables } from '../../../src/deliver/tables/schema.ts';
import { sqliteStorage } from '../../model/support/sqliteStorage.ts';

const group = fc.constantFrom('orders', 'views');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    grp: group,
    lines: fc.array(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => JSON.stringify(text)),
      {
        minLength: 1,
        maxLength: 20,
      },
    ),
    urgent: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('take' as const),
    grp: group,
    maxItems: fc.integer({ min: 1, max: 30 }),
    maxBytes: fc.integer({ min: 1, max: 400 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

it('knows what waits as its rows say it, whatever was added, taken and rolled back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 60 }), (steps) => {
      const { inbox, storage, sql } = openInbox();
      for (const [nowMs, [change, failed]] of steps.entries()) {
        const run = () => storage.transactionSync(() => apply(inbox, change, nowMs, failed));
        if (failed) expect(run).toThrow('rolled back');
        else run();
        if (failed) inbox.forget();
        expect(sorted(inbox.waiting())).toEqual(sorted(new Inbox(sql).waiting()));
      }
    }),
    { seed: 20_261_123 },
  );
});

function openInbox() {
  const storage = sqliteStorage(new DatabaseSync(':memory:'));
  createTables(storage.sql);
  return { storage, sql: storage.sql, inbox: new Inbox(storage.sql) };
}

function apply(inbox: Inbox, change: Step, nowMs: number, failed: boolean): void {
  const lane = 'events';
  if (change.kind === 'add')
    inbox.add({ lane, ...change, items: change.lines.join('\n'), count: change.lines.length }, nowMs);
  else inbox.take(inbox.peek({ lane, grp: change.grp }, change));
  if (failed) throw new Error('rolled back');
}

function sorted(waiting: Waiting[]): Waiting[] {
  return waiting.toSorted((a, b) => a.grp.localeCompare(b.grp));
}
