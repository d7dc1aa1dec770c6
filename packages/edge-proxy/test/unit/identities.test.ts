import { expect, it } from 'vitest';
import { type Identity, readIdentities, saveIdentities } from '../../src/store/identities.ts';
import { migratedDatabase, sqliteD1 } from '../model/support/sqliteD1.ts';

const HOUR_MS = 3_600_000;
const link: Identity = { kind: 'anonymous', id: 'anon-1', email: 'ada@example.com', phone: null };

/** Saves one link after the other; says of each how many rows it wrote. */
async function save(...saves: { atHours: number; link: Identity }[]) {
  const database = migratedDatabase();
  const db = sqliteD1(database);
  const written: number[] = [];
  for (const { atHours, link } of saves) {
    const before = Number(database.prepare('SELECT total_changes() AS n').get()?.n);
    await saveIdentities(db, 'main', [link], atHours * HOUR_MS);
    written.push(Number(database.prepare('SELECT total_changes() AS n').get()?.n) - before);
  }
  const [known] = await readIdentities(db, 'main', [link]);
  return { written, known };
}

it('writes a link that is known already once a day, so that retention sees it is used', async () => {
  const hours = [1, 2, 24, 26, 27].map((atHours) => ({ atHours, link }));
  expect((await save(...hours)).written).toEqual([1, 0, 0, 1, 0]);
});

it.each<[string, Identity, object]>([
  ['another address', { ...link, email: 'bea@example.com' }, { email: 'bea@example.com', phone: null }],
  ['a number beside the address', { ...link, phone: '+41446681800' }, { email: link.email, phone: '+41446681800' }],
  ['a number alone', { ...link, email: null, phone: '+41446681800' }, { email: link.email, phone: '+41446681800' }],
])('writes at once what is news: %s', async (_title, news, known) => {
  const saved = await save({ atHours: 1, link }, { atHours: 1, link: news });
  expect(saved).toMatchObject({ written: [1, 1], known });
});
