import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConsentShop, type NewRequest } from './support/ConsentShop.ts';
import { anyConsentCommand, type ConsentCommand, carryOut } from './support/consentCommands.ts';
import { LIFE_IS_OVER } from './support/DeliveryHost.ts';
import { findBreaches, NO_BREACHES } from './support/findBreaches.ts';
import { identify, PEOPLE } from './support/people.ts';
import { START_MS } from './support/startMs.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const MINUTE_MS = 60_000;

let defects: unknown[][] = [];
let shop: ConsentShop | undefined;

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(Date, 'now').mockImplementation(() => shop?.time.nowMs ?? START_MS);
  defects = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    if (!EXPECTED.some((text) => String(words).includes(text))) defects.push(words);
  });
});

afterEach(() => vi.restoreAllMocks());

/**
 * What is logged of a database, queue or Dispatcher that a mishap put out of reach, of a life that ended, and of a Klaviyo
 * that goes on refusing sign-ups.
 */
const EXPECTED = [LIFE_IS_OVER, 'out of reach', 'consent at Klaviyo still differs'];

async function play(commands: readonly ConsentCommand[], seed = 1) {
  shop = new ConsentShop({ seed });
  for (const command of commands) await carryOut(shop, command);
  await shop.settle(20 * MINUTE_MS);
  shop.replay();
  for (let person = 0; person < PEOPLE; person++) await shop.ask(probeOf(person));
  // The longest pause before a last try, and what is read back of that.
  await shop.settle(75 * MINUTE_MS);
  return { ...(await findBreaches(shop)), defects: defects.splice(0).map(String) };
}

/** What a page sends of somebody when all is over. */
function probeOf(person: number): NewRequest {
  const { email, anonymous_id: anonymousId } = identify({ person, address: 0, device: 0 });
  const id = `probe-${person}`;
  const message = { type: 'track', messageId: id, event: 'Ping', anonymousId, context: { traits: { email } } };
  return { id, path: '/v1/batch', by: 'page', body: { batch: [message] } };
}

it('a sign-up that was written and not sent goes when it comes again, also where Klaviyo has the person on another list', async () => {
  const said = { person: 0, address: 0, by: 'backend' as const, claimedMs: null };
  const signUp = { do: 'subscribe' as const, ...said, channels: ['email' as const] };
  const commands: ConsentCommand[] = [
    { do: 'workerMishap', kind: 'fails', inWaits: 5 },
    { ...signUp, list: 1 },
    { do: 'pass', ms: MINUTE_MS },
    { ...signUp, list: 0 },
    { do: 'pass', ms: 7 * MINUTE_MS },
  ];
  expect(await play(commands)).toEqual({ ...NO_BREACHES, defects: [] });
});

it('an opt-out that is sent again is still known for ours, by the time of its first arrival', async () => {
  const said = { person: 0, address: 0, channels: ['email' as const] };
  const commands: ConsentCommand[] = [
    { do: 'unsubscribe', ...said, list: null, leaves: false, by: 'backend', claimedMs: -MINUTE_MS },
    { do: 'subscribe', ...said, list: 2, by: 'page', claimedMs: null },
    { do: 'pass', ms: 598 },
  ];
  expect(await play(commands, 1129)).toEqual({ ...NO_BREACHES, defects: [] });
});

it('whatever happens, what people said of consent holds from the answer on, and at Klaviyo in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyConsentCommand, { minLength: 1, maxLength: LONG ? 60 : 25, size: 'max' }),
      fc.nat(10_000),
      async (commands, seed) => {
        expect(await play(commands, seed)).toEqual({ ...NO_BREACHES, defects: [] });
      },
    ),
    { numRuns: LONG ? 2000 : 300, seed: Number(process.env.SLUICE_TEST_SEED ?? 20_261_130) },
  );
});
