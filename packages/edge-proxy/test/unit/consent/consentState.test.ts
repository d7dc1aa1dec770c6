import { expect, it } from 'vitest';
import { readConsentStates } from '../../../src/store/consentState.ts';
import { migratedDatabase, sqliteD1 } from '../../model/support/sqliteD1.ts';

const subject = (n: number) => `1.${String(n).padStart(64, '0')}`;

it('reads the decisions of a full batch of profiles under two keys, which is more than D1 takes in one value', async () => {
  const database = migratedDatabase();
  const decided = [0, 30_000, 59_999].map(subject);
  for (const name of decided)
    database.prepare("INSERT INTO consent_state VALUES (?, 'tracking', '', 'denied', 1, 1)").run(name);
  const asked = Array.from({ length: 60_000 }, (_, n) => subject(n));
  const states = await readConsentStates(sqliteD1(database), asked);
  expect(states.map((state) => state.subject)).toEqual(decided);
});
