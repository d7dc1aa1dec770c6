import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eraseItem, subscribeItem, unsubscribeItem } from '../unit/deliver/support/items.ts';
import { Simulation, type SimulationOptions } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const ada = { email: 'ada@example.com' };
const DOUBLE: SimulationOptions = {
  klaviyo: {
    accounts: [
      {
        publicKey: 'EMULAT',
        keys: [{ key: 'pk_emulator_demo' }],
        lists: [{ id: 'DEMO01', name: 'Newsletter', optIn: 'double_opt_in' }],
      },
    ],
  },
};

beforeEach(() => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

/** Minutes go by, each with its tick. */
async function minutes(simulation: Simulation, n: number): Promise<void> {
  for (let minute = 0; minute < n; minute++) {
    const ticked = simulation.tick();
    await simulation.pass(MINUTE_MS);
    await ticked;
  }
}

/** As the routes do it: into the ledger, and on its way. */
async function signUp(simulation: Simulation, who = ada): Promise<void> {
  const { nowMs } = simulation.time;
  await simulation.decide(who, { purpose: 'email', decision: 'granted', list: 'DEMO01' });
  simulation.accept([subscribeItem(`s${nowMs}`, { who, receivedAtMs: nowMs, decidedAtMs: nowMs })]);
}

/** Ada has signed up, and followed the link that asked her to. */
async function confirmed(): Promise<Simulation> {
  const simulation = new Simulation(DOUBLE);
  await signUp(simulation);
  await minutes(simulation, 1);
  simulation.klaviyo.confirmOptIn({ email: ada.email });
  await minutes(simulation, 1);
  return simulation;
}

async function optOut(simulation: Simulation, who = ada): Promise<void> {
  const { nowMs } = simulation.time;
  await simulation.decide(who, { purpose: 'email' });
  simulation.accept([unsubscribeItem(`u${nowMs}`, { who, receivedAtMs: nowMs, decidedAtMs: nowMs })]);
}

const consentOf = ({ klaviyo }: Simulation) => klaviyo.state().profiles[0]?.consent.email.consent;
const rowsLeft = ({ storage }: Simulation) =>
  storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM read_backs').one().n;
const ownOptOuts = ({ storage }: Simulation) =>
  storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM own_opt_outs').one().n;
const OPERATIONS: Record<string, string> = {
  'profile-subscription-bulk-create-jobs': 'subscribe',
  'profile-subscription-bulk-delete-jobs': 'unsubscribe',
  profiles: 'read',
  lists: 'list',
};
/** What Klaviyo was asked, and in which minute. */
const calls = ({ network, time }: Simulation, startMs = network.calls[0]?.atMs ?? time.nowMs) =>
  network.calls.map(
    ({ path, atMs }) => `${OPERATIONS[path.split('/')[2] ?? '']} ${Math.floor((atMs - startMs) / MINUTE_MS)}`,
  );
const ledgerOf = async ({ db }: Simulation) => {
  const query = 'SELECT purpose, list, decision, source FROM ledger_entries ORDER BY seq';
  const { results } = await db.prepare(query).bind().all<Record<string, string>>();
  return results.map(({ purpose, list, decision, source }) => `${purpose} ${list} ${decision} ${source}`);
};

/** Klaviyo answers 202 and does nothing, that many times. */
function swallow({ network }: Simulation, operation: 'create' | 'delete', times = 1): void {
  let left = times;
  network.answerInstead = (path) =>
    path.includes(`subscription-bulk-${operation}`) && left-- > 0 ? new Response(null, { status: 202 }) : undefined;
}

it('a sign-up that waited for a key that Klaviyo takes again is the call that finds out', async () => {
  const simulation = new Simulation();
  simulation.useKey('pk_revoked');
  await signUp(simulation);
  await simulation.pass(10 * MINUTE_MS);
  const before = tally(simulation);
  simulation.useKey('pk_emulator_demo');
  await simulation.pass(30 * MINUTE_MS);
  expect([before, tally(simulation)]).toEqual([{ subscribe: { waiting: 1 } }, { subscribe: { delivered: 1 } }]);
});

describe('a change of consent', () => {
  it('is read back after 5 and after 35 minutes, and then forgotten', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await simulation.pass(SECOND_MS);
    await minutes(simulation, 60);
    expect([calls(simulation), consentOf(simulation), rowsLeft(simulation)]).toEqual([
      ['subscribe 0', 'read 5', 'list 5', 'read 35'],
      'SUBSCRIBED',
      0,
    ]);
  });

  it('that Klaviyo took and lost is made again, whichever it was', async () => {
    const yes = new Simulation();
    swallow(yes, 'create');
    await signUp(yes);
    await minutes(yes, 10);
    const no = new Simulation();
    await signUp(no);
    await minutes(no, 1);
    swallow(no, 'delete');
    await optOut(no);
    await minutes(no, 10);
    expect([consentOf(yes), tally(yes), consentOf(no), tally(no)]).toEqual([
      'SUBSCRIBED',
      { subscribe: { delivered: 2 } },
      'UNSUBSCRIBED',
      { subscribe: { delivered: 1 }, unsubscribe: { delivered: 2 } },
    ]);
  });

  it('that never comes about is made again three times, and then told to the log', async () => {
    const simulation = new Simulation();
    swallow(simulation, 'create', 100);
    await signUp(simulation);
    await minutes(simulation, 120);
    const told = vi.mocked(console.error).mock.calls.filter(([line]) => String(line).includes('still differs'));
    expect([tally(simulation), told.length, rowsLeft(simulation)]).toEqual([{ subscribe: { delivered: 4 } }, 1, 0]);
  });

  it('waits for its confirmation for ever, without another mail', async () => {
    const simulation = new Simulation(DOUBLE);
    await signUp(simulation);
    await simulation.pass(SECOND_MS);
    await minutes(simulation, 60);
    expect([calls(simulation), consentOf(simulation), rowsLeft(simulation)]).toEqual([
      ['subscribe 0', 'read 5', 'list 5', 'read 35'],
      'NEVER_SUBSCRIBED',
      0,
    ]);
  });

  it('is not made again for somebody who was erased since', async () => {
    const simulation = new Simulation();
    swallow(simulation, 'create');
    await signUp(simulation);
    await minutes(simulation, 1);
    simulation.accept([eraseItem('e', { who: ada, receivedAtMs: simulation.time.nowMs })]);
    await minutes(simulation, 60);
    expect([simulation.klaviyo.state().profiles, rowsLeft(simulation), tally(simulation)]).toEqual([
      [],
      0,
      { subscribe: { delivered: 1 }, erase: { delivered: 1 } },
    ]);
  });

  it('of many people is read back a hundred a call', async () => {
    const simulation = new Simulation();
    for (let person = 0; person < 250; person++) await signUp(simulation, { email: `p${person}@example.com` });
    await simulation.pass(10 * SECOND_MS);
    await minutes(simulation, 10);
    expect(calls(simulation).filter((call) => call.startsWith('read'))).toEqual(['read 5', 'read 5', 'read 5']);
  });

  it('is read back after a crash, and while Klaviyo cannot be read as soon as it can', async () => {
    const simulation = new Simulation();
    swallow(simulation, 'create');
    await signUp(simulation);
    await minutes(simulation, 1);
    simulation.crash();
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    await minutes(simulation, 20);
    simulation.network.answerInstead = () => undefined;
    await minutes(simulation, 3);
    expect(consentOf(simulation)).toBe('SUBSCRIBED');
  });
});

describe('an opt-out in Klaviyo after a sign-up', () => {
  it('is learnt by the ledger, and never repaired away', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 3);
    simulation.klaviyo.optOut({ email: ada.email });
    await minutes(simulation, 60);
    expect([consentOf(simulation), await ledgerOf(simulation), tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      ['email DEMO01 granted backend', 'email  denied klaviyo:read'],
      { subscribe: { delivered: 1 } },
    ]);
  });

  it('of one list is learnt for that list', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 3);
    simulation.klaviyo.optOut({ email: ada.email, listId: 'DEMO01' });
    await minutes(simulation, 60);
    expect([await ledgerOf(simulation), tally(simulation)]).toEqual([
      ['email DEMO01 granted backend', 'email DEMO01 denied klaviyo:read'],
      { subscribe: { delivered: 1 } },
    ]);
  });

  it('stops a sign-up that an outage held up', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 1);
    simulation.network.answerInstead = (path) =>
      path.includes('bulk-create') ? new Response(null, { status: 503 }) : undefined;
    await signUp(simulation);
    await minutes(simulation, 2);
    simulation.klaviyo.optOut({ email: ada.email });
    simulation.network.answerInstead = () => undefined;
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      { subscribe: { delivered: 1, refused: 1 } },
    ]);
  });

  it('stops a sign-up that comes late, whoever was too slow', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 1);
    const { nowMs } = simulation.time;
    await simulation.decide(ada, { purpose: 'email', decision: 'granted', list: 'OTHER1' });
    await minutes(simulation, 1);
    simulation.klaviyo.optOut({ email: ada.email });
    await minutes(simulation, 6);
    simulation.accept([subscribeItem('late', { receivedAtMs: nowMs, decidedAtMs: nowMs })]);
    await minutes(simulation, 10);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      { subscribe: { delivered: 1, refused: 1 } },
    ]);
  });
});

describe('an opt-out of ours', () => {
  it('that comes again after a newer sign-up is not sent', async () => {
    const simulation = new Simulation();
    const { nowMs } = simulation.time;
    await optOut(simulation);
    await minutes(simulation, 1);
    await signUp(simulation);
    await minutes(simulation, 1);
    simulation.accept([unsubscribeItem('again', { receivedAtMs: simulation.time.nowMs, decidedAtMs: nowMs })]);
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'SUBSCRIBED',
      { subscribe: { delivered: 1 }, unsubscribe: { delivered: 1, refused: 1 } },
    ]);
  });

  it('that an outage held up until after a sign-up does not undo it', async () => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 1);
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    await optOut(simulation);
    await minutes(simulation, 20);
    await signUp(simulation);
    await minutes(simulation, 5);
    simulation.network.answerInstead = () => undefined;
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'SUBSCRIBED',
      { subscribe: { delivered: 2 }, unsubscribe: { refused: 1 } },
    ]);
  });

  it('that shows at Klaviyo only after the sign-up that followed it is taken for what it is', async () => {
    const simulation = new Simulation({ klaviyo: { visibilityDelayMs: { min: 5000, max: 9000 } } });
    await signUp(simulation);
    await minutes(simulation, 1);
    await optOut(simulation);
    await simulation.pass(1000);
    await signUp(simulation);
    await minutes(simulation, 60);
    expect([consentOf(simulation), await ledgerOf(simulation)]).toEqual([
      'SUBSCRIBED',
      ['email DEMO01 granted backend', 'email  denied backend', 'email DEMO01 granted backend'],
    ]);
  });

  it('that came again, whose answer was lost and that was then overtaken, is known for ours', async () => {
    const simulation = new Simulation();
    const { nowMs } = simulation.time;
    await optOut(simulation);
    await minutes(simulation, 1);
    await signUp(simulation);
    await minutes(simulation, 60);
    // The ledger is away for the first try, and there for the second.
    simulation.databaseMs = 5 * SECOND_MS;
    simulation.network.mishaps = ['lost'];
    simulation.accept([unsubscribeItem('again', { receivedAtMs: simulation.time.nowMs, decidedAtMs: nowMs })]);
    await simulation.pass(2 * SECOND_MS);
    simulation.databaseMs = 0;
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation), await ledgerOf(simulation)]).toEqual([
      'SUBSCRIBED',
      { subscribe: { delivered: 2 }, unsubscribe: { delivered: 1, refused: 1 } },
      ['email  denied backend', 'email DEMO01 granted backend'],
    ]);
  });

  it('is known for ours beside a sign-up that nobody has confirmed, also when it was read back long ago', async () => {
    const simulation = await confirmed();
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    await optOut(simulation);
    await simulation.pass(SECOND_MS);
    await signUp(simulation);
    await minutes(simulation, 5);
    simulation.network.answerInstead = () => undefined;
    for (let minute = 0; minute < 25 * 60; minute++) {
      const ticked = simulation.tick({ polls: true });
      await simulation.pass(MINUTE_MS);
      await ticked;
    }
    expect([rowsLeft(simulation), await ledgerOf(simulation)]).toEqual([
      0,
      ['email DEMO01 granted backend', 'email  denied backend', 'email DEMO01 granted backend'],
    ]);
  });

  it.each([
    [
      'until its person is erased',
      async (simulation: Simulation) => {
        simulation.accept([eraseItem('e', { who: ada, receivedAtMs: simulation.time.nowMs })]);
        await minutes(simulation, 5);
      },
    ],
    [
      'for ninety days',
      async (simulation: Simulation) => {
        await simulation.pass(90 * 24 * 60 * MINUTE_MS);
        await minutes(simulation, 1);
      },
    ],
  ])('is remembered %s', async (_title, goesBy) => {
    const simulation = new Simulation();
    await signUp(simulation);
    await minutes(simulation, 1);
    await optOut(simulation);
    await minutes(simulation, 60);
    const before = ownOptOuts(simulation);
    await goesBy(simulation);
    expect([before, ownOptOuts(simulation)]).toEqual([1, 0]);
  });

  it('is not overtaken by a sign-up that nobody has confirmed', async () => {
    const simulation = await confirmed();
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    await optOut(simulation);
    await minutes(simulation, 20);
    await signUp(simulation);
    await minutes(simulation, 5);
    simulation.network.answerInstead = () => undefined;
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      { subscribe: { delivered: 2 }, unsubscribe: { delivered: 1 } },
    ]);
  });

  it('that Klaviyo took and lost is made again, also beside a sign-up that nobody has confirmed', async () => {
    const simulation = await confirmed();
    swallow(simulation, 'delete');
    await optOut(simulation);
    await minutes(simulation, 1);
    await signUp(simulation);
    await minutes(simulation, 60);
    expect([consentOf(simulation), tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      { subscribe: { delivered: 2 }, unsubscribe: { delivered: 2 } },
    ]);
  });

  it('waits for a sign-up of the same address that is on its way, and for no other', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps = ['hang'];
    await signUp(simulation);
    await simulation.pass(1000);
    await optOut(simulation, { email: 'grace@example.com' });
    await optOut(simulation);
    await simulation.pass(5000);
    const early = simulation.klaviyo.state().profiles.map(({ email }) => email);
    await simulation.pass(15_000);
    const late = simulation.klaviyo.state().profiles.map(({ email, consent }) => [email, consent.email.consent]);
    expect([early, late]).toEqual([
      ['grace@example.com'],
      [
        ['grace@example.com', 'UNSUBSCRIBED'],
        ['ada@example.com', 'UNSUBSCRIBED'],
      ],
    ]);
  });
});
