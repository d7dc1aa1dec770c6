import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { eventItem } from '../support/items.ts';
import { send } from '../support/post.ts';
import { openWorld, type World } from '../support/world.ts';

const PEOPLE = env.SLUICE_TEST_LONG === '1' ? 1000 : 300;
const ROUNDS = 10;
const HOUR_MS = 3_600_000;
/** A world keeps what is written to the console to itself. */
const print = console.log.bind(console);

const eventId = (person: number, round: number) => `p${person}-${round}`;
const isOf = (person: number, id: string) => id.startsWith(`p${person}-`);

/** What an opt-out's answer said, and how many events had reached Klaviyo when it came. */
interface OptOut {
  person: number;
  arrived: number;
  named: string[];
}

it(`opt-outs race ${PEOPLE * ROUNDS} events of the same people: none arrives after its answer but those that it named`, async () => {
  const world = openWorld();
  const arrived = slowKlaviyo(world);
  const optOuts: OptOut[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await world.accept(
      Array.from({ length: PEOPLE }, (_, person) =>
        eventItem(eventId(person, round), { who: { email: `p${person}@example.com` } }),
      ),
    );
    // Every second person opts out, each in one of the rounds, while the calls of that round are made.
    const leaving = Array.from({ length: PEOPLE / 2 }, (_, n) => 2 * n).filter(
      (person) => (person / 2) % ROUNDS === round,
    );
    await Promise.all([
      world.pass(3000),
      inTurn(leaving, async (person) => {
        const named = await optOut(person);
        optOuts.push({ person, arrived: arrived.length, named });
      }),
    ]);
  }
  await world.pass(2 * HOUR_MS);
  const late = optOuts.flatMap(({ person, arrived: before, named }) =>
    arrived.slice(before).filter((id) => isOf(person, id) && !named.includes(`${id}#Ping`)),
  );
  const named = optOuts.reduce((sum, answer) => sum + answer.named.length, 0);
  const { refused, waiting, delivered, accepted } = await world.tally();
  expect({ optOuts: optOuts.length, late, waiting, sum: refused + delivered }).toEqual({
    optOuts: PEOPLE / 2,
    late: [],
    waiting: 0,
    sum: accepted,
  });
  print(
    `${accepted} events, ${optOuts.length} opt-outs: ${refused} events were held back, ${named} named as on their way`,
  );
  // Otherwise nothing raced.
  expect([refused > 0, delivered > 0, named > 0]).toEqual([true, true, true]);
});

/** Takes a while over each call, and fails every third. Returns the ids of the events that reach it, in order. */
function slowKlaviyo(world: World): string[] {
  const arrived: string[] = [];
  let calls = 0;
  world.intercept(async (request) => {
    calls += 1;
    const isDown = calls % 3 === 0;
    await new Promise((resolve) => setTimeout(resolve, 5 + (calls % 4) * 10));
    if (isDown) return new Response(null, { status: 503 });
    const body = await request.clone().text();
    arrived.push(...[...body.matchAll(/"unique_id":"([^"]+)"/g)].map(([, id = '']) => id));
    return world.klaviyo.fetch(request);
  });
  return arrived;
}

async function inTurn<T>(things: readonly T[], act: (thing: T) => Promise<void>): Promise<void> {
  for (const thing of things) await act(thing);
}

async function optOut(person: number): Promise<string[]> {
  // Before a call, in the middle of one, and after it.
  await new Promise((resolve) => setTimeout(resolve, (person % 7) * 3));
  const email = `p${person}@example.com`;
  const body = { writeKey: 'sk_backend', email, purposes: { tracking: 'denied' } };
  const { json } = await send('/v1/consent', body, { origin: null });
  if (!json.inFlight) throw new Error(`an opt-out was not taken: ${json.error?.code}`);
  return json.inFlight;
}
