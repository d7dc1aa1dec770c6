import { beforeEach, describe, expect, it, vi } from 'vitest';
import { subscribeItem } from '../unit/deliver/support/items.ts';
import { Simulation } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
const ada = { email: 'ada@example.com' };
const phone = '+12025550123';

beforeEach(() => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

/** Minutes go by, each with its cron. */
async function minutes(simulation: Simulation, n: number): Promise<void> {
  for (let minute = 0; minute < n; minute++) {
    const ticked = simulation.tick({ polls: true });
    await simulation.pass(MINUTE_MS);
    await ticked;
  }
}

async function signUp(simulation: Simulation, who: { email: string } | { phone_number: string }): Promise<void> {
  const purpose = 'email' in who ? 'email' : 'sms';
  const { nowMs } = simulation.time;
  await simulation.decide(who, { purpose, decision: 'granted', list: 'DEMO01' });
  const change = { who, channels: [purpose as 'email' | 'sms'], receivedAtMs: nowMs, decidedAtMs: nowMs };
  simulation.accept([subscribeItem(`${purpose}${nowMs}`, change)]);
}

const ledgerOf = async ({ db }: Simulation) => {
  const query = 'SELECT purpose, list, decision, source FROM ledger_entries ORDER BY received_at, seq';
  const { results } = await db.prepare(query).bind().all<Record<string, string>>();
  return results.map(({ purpose, list, decision, source }) => `${purpose} ${list} ${decision} ${source}`);
};
const news = async (simulation: Simulation) =>
  (await ledgerOf(simulation)).filter((entry) => entry.includes('klaviyo'));

describe('an opt-out at Klaviyo, where it sends no webhooks', () => {
  it.each([
    ['of all e-mail', () => ({ email: ada.email }), 'email  denied klaviyo:read'],
    ['of one list', () => ({ email: ada.email, listId: 'DEMO01' }), 'email DEMO01 denied klaviyo:read'],
    ['by a complaint', () => ({ email: ada.email, reason: 'SPAM_COMPLAINT' as const }), 'email  denied klaviyo:read'],
    ['of SMS', () => ({ phoneNumber: phone }), 'sms  denied klaviyo:read'],
  ])('%s is in the ledger within six minutes, once', async (_title, who, entry) => {
    const simulation = new Simulation();
    await signUp(simulation, ada);
    await signUp(simulation, { phone_number: phone });
    await minutes(simulation, 2 * HOUR);
    simulation.klaviyo.optOut(who());
    await minutes(simulation, 6);
    const early = await news(simulation);
    await minutes(simulation, HOUR);
    expect([early, await news(simulation)]).toEqual([[entry], [entry]]);
  });

  it('is found also where it happened while nobody could look', async () => {
    const simulation = new Simulation();
    await signUp(simulation, ada);
    await minutes(simulation, 2 * HOUR);
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    simulation.klaviyo.optOut({ email: ada.email });
    await minutes(simulation, 3 * HOUR);
    simulation.crash();
    simulation.network.answerInstead = () => undefined;
    await minutes(simulation, 6);
    expect(await news(simulation)).toEqual(['email  denied klaviyo:read']);
  });

  it('of very many people is read page by page', async () => {
    const simulation = new Simulation();
    const people = Array.from({ length: 350 }, (_, n) => ({ email: `p${n}@example.com` }));
    const { nowMs } = simulation.time;
    simulation.accept(people.map((who, n) => subscribeItem(`s${n}`, { who, receivedAtMs: nowMs, decidedAtMs: nowMs })));
    await minutes(simulation, HOUR);
    for (const { email } of people) simulation.klaviyo.optOut({ email });
    await minutes(simulation, 8);
    expect((await news(simulation)).length).toBe(350);
  });

  it('before our time is found at once', async () => {
    const simulation = new Simulation();
    const { nowMs } = simulation.time;
    simulation.accept([subscribeItem('s', { receivedAtMs: nowMs, decidedAtMs: nowMs })]);
    await simulation.pass(10_000);
    simulation.klaviyo.optOut({ email: ada.email });
    // As if another had told Klaviyo: nothing is to be read back.
    simulation.storage.sql.exec('DELETE FROM read_backs');
    await simulation.pass(HOUR * MINUTE_MS);
    await minutes(simulation, 2);
    expect(await news(simulation)).toEqual(['email  denied klaviyo:read']);
  });
});

describe('each night', () => {
  it('whoever is subscribed against their last word is unsubscribed', async () => {
    const simulation = new Simulation();
    await signUp(simulation, ada);
    await minutes(simulation, HOUR);
    // Of which nothing was sent.
    await simulation.decide(ada, { purpose: 'email' });
    await minutes(simulation, 20);
    const early = simulation.klaviyo.state().profiles[0]?.consent.email.consent;
    await simulation.pass(24 * HOUR * MINUTE_MS);
    await minutes(simulation, 10);
    const [profile] = simulation.klaviyo.state().profiles;
    expect([early, profile?.consent.email.consent, tally(simulation)]).toEqual([
      'SUBSCRIBED',
      'UNSUBSCRIBED',
      { subscribe: { delivered: 1 }, unsubscribe: { delivered: 1 } },
    ]);
  });
});
