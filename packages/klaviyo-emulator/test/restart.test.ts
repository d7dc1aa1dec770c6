import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/createEmulator.ts';
import { eventBody, PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator, START_MS } from './support/createTestEmulator.ts';

const HOUR_MS = 3_600_000;

test('two emulators of one snapshot, and the snapshot, live apart', async () => {
  const first = createTestEmulator();
  const { body } = await first.send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }));
  const snapshot = first.emulator.snapshot();
  const before = JSON.stringify(snapshot);
  const second = createTestEmulator({ snapshot });
  const path = `${PATHS.profiles}/${body.data.id}`;
  const change = { data: { type: 'profile', id: body.data.id, attributes: { first_name: 'Ada' } } };
  await second.send('PATCH', path, change);
  await first.send('PATCH', path, { data: { ...change.data, attributes: { first_name: 'Bob' } } });
  const names = [first, second].map(({ emulator }) => emulator.state().profiles[0]?.attributes.first_name);
  expect([names, JSON.stringify(snapshot) === before]).toEqual([['Bob', 'Ada'], true]);
});

test('what was deleted stays deleted, and accounts that are new are added', async () => {
  const first = createTestEmulator();
  await first.send('DELETE', `${PATHS.lists}/DEMO01`);
  const accounts = [
    { publicKey: 'EMULAT', name: 'Renamed', keys: [{ key: 'pk_new' }], lists: [{ id: 'DEMO01', name: 'Newsletter' }] },
    { publicKey: 'SECOND', keys: [{ key: 'pk_second' }], lists: [{ id: 'L1', name: 'VIP' }] },
  ];
  const second = createTestEmulator({ accounts, snapshot: first.emulator.snapshot() });
  const { status } = await second.send('GET', PATHS.lists, undefined, { authorization: 'Klaviyo-API-Key pk_new' });
  const state = second.emulator.state();
  expect([status, state.accounts.map(({ name }) => name), state.lists.map(({ id }) => id)]).toEqual([
    200,
    ['Renamed', 'SECOND'],
    ['L1'],
  ]);
});

describe('the clock of a snapshot', () => {
  const source = () => START_MS;
  const opened = (options: Parameters<typeof createEmulator>[0]) => {
    const { clock } = createEmulator(options);
    return [(clock.now() - START_MS) / HOUR_MS, clock.isFrozen()];
  };

  test('goes on where it was, running or frozen, unless the options name a time or a mode', () => {
    const { clock, snapshot } = createEmulator({ clock: { source } });
    clock.advance(HOUR_MS);
    const running = snapshot();
    clock.freeze(true);
    const frozen = snapshot();
    const later = { source: () => START_MS + HOUR_MS };
    expect([
      opened({ snapshot: running, clock: later }),
      opened({ snapshot: frozen, clock: later }),
      opened({ snapshot: frozen, clock: { ...later, frozen: false } }),
      opened({ snapshot: running, clock: { startMs: START_MS } }),
    ]).toEqual([
      [2, false],
      [1, true],
      [1, false],
      [0, true],
    ]);
  });

  test('so that what was accepted becomes visible after a restart', async () => {
    const first = createTestEmulator({ clock: { source }, visibilityDelayMs: 1000 });
    first.emulator.clock.advance(HOUR_MS);
    await first.send('POST', PATHS.event, eventBody({}));
    const second = createEmulator({ snapshot: first.emulator.snapshot(), clock: { source: () => START_MS + 1000 } });
    expect(second.state().events.length).toBe(1);
  });
});

test('a change is told of, a read is not', async () => {
  let changes = 0;
  const { send, emulator } = createTestEmulator({ onChange: () => (changes += 1), visibilityDelayMs: 1000 });
  const seen: number[] = [];
  const note = async (what: Promise<unknown> | unknown) => {
    await what;
    seen.push(changes);
    changes = 0;
  };
  await note(send('POST', PATHS.event, eventBody({})));
  await note(send('GET', PATHS.lists));
  await note(send('POST', PATHS.event, {}));
  await note(send('GET', '/__emulator/page.json'));
  await note(emulator.clock.advance(1000));
  await note(send('GET', '/__emulator/page.json'));
  await note(send('GET', '/__emulator/state'));
  expect(seen).toEqual([1, 0, 0, 0, 1, 1, 0]);
});
