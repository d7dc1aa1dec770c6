import { expect, it } from 'vitest';
import { type Alias, type Identity, readIdentities, saveAliases, saveIdentities } from '../../src/store/identities.ts';
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

const PHONE = '+41446681800';

it('forgets the number when another address comes without one, and the other way round: they may be two people', async () => {
  const both = { ...link, phone: PHONE };
  const after = async (news: Partial<Identity>) =>
    (await save({ atHours: 1, link: both }, { atHours: 2, link: { ...both, ...news } })).known;
  expect([
    await after({ email: 'bea@example.com', phone: null }),
    await after({ email: null, phone: '+41446681801' }),
    await after({ email: 'bea@example.com', phone: '+41446681801' }),
    await after({ phone: null }),
    await after({ email: null }),
  ]).toMatchObject([
    { email: 'bea@example.com', phone: null },
    { email: null, phone: '+41446681801' },
    { email: 'bea@example.com', phone: '+41446681801' },
    { email: 'ada@example.com', phone: PHONE },
    { email: 'ada@example.com', phone: PHONE },
  ]);
});

it.each<[string, Identity, object]>([
  ['another address', { ...link, email: 'bea@example.com' }, { email: 'bea@example.com', phone: null }],
  ['a number beside the address', { ...link, phone: PHONE }, { email: link.email, phone: PHONE }],
  ['a number alone', { ...link, email: null, phone: PHONE }, { email: link.email, phone: PHONE }],
])('writes at once what is news: %s', async (_title, news, known) => {
  const saved = await save({ atHours: 1, link }, { atHours: 1, link: news });
  expect(saved).toMatchObject({ written: [1, 1], known });
});

/** What an anonymous id is known by after an alias, given what was known before. */
async function alias(before: Identity[], given: Alias) {
  const db = sqliteD1(migratedDatabase());
  await saveIdentities(db, 'main', before, HOUR_MS);
  await saveAliases(db, 'main', [given], HOUR_MS);
  const [known] = await readIdentities(db, 'main', [{ kind: 'anonymous', id: given.id }]);
  return known && { email: known.email, phone: known.phone };
}

const user: Identity = { kind: 'user', id: 'user-5', email: 'ada@example.com', phone: PHONE };

it('an alias finds the address of its user, takes none from anybody, and makes no chain', async () => {
  const toUser = { id: 'anon-1', email: null, user: 'user-5' };
  const toAddress = { id: 'anon-1', email: 'ada@example.com', user: null };
  const beas: Identity = { kind: 'anonymous', id: 'anon-1', email: 'bea@example.com', phone: null };
  // An anonymous id that reads like the user's is not the user.
  const namesake: Identity = { ...user, kind: 'anonymous' };
  expect([
    await alias([user], toUser),
    await alias([], toUser),
    await alias([namesake], toUser),
    await alias([], toAddress),
    await alias([user, beas], toUser),
    await alias([beas], toAddress),
  ]).toEqual([
    { email: user.email, phone: user.phone },
    undefined,
    undefined,
    { email: 'ada@example.com', phone: null },
    { email: 'bea@example.com', phone: null },
    { email: 'bea@example.com', phone: null },
  ]);
});
