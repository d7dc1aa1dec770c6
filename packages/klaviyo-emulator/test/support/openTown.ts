import { byEmail, listBody, PATHS } from './bodies.ts';
import type { Shop } from './inShop.ts';

export interface Town {
  eve: string;
  ada: string;
  bob: string;
}

/** 09:00 and so many seconds, on the day the town opens. */
export const townTime = (second: number) => `2026-11-02T09:00:0${second}Z`;

const at = (name: string) => `${name}@example.com`;

/**
 * Three profiles, created at 09:00:00, :01 and :02. Bob bounces at :03, Ada unsubscribes at :04, Eve leaves SINGLE at
 * :05; Ada joins SECOND at :06 and Bob at :07; the list VIP is made at :08 and SINGLE is renamed at :09.
 */
export async function openTown({ person, later, emulator, join, unsubscribe, send }: Shop): Promise<Town> {
  const create = async (name: string, index: number) => {
    const id = await person({ email: at(name), phone_number: `+1500555000${index}`, external_id: `c${index}` });
    later(1000);
    return id;
  };
  const town = { eve: await create('eve', 0), ada: await create('ada', 1), bob: await create('bob+shop', 2) };
  await join('SINGLE', town.eve);
  const rename = { data: { type: 'list', id: 'SINGLE', attributes: { name: 'Weekly' } } };
  for (const happen of [
    async () => emulator.optOut({ email: at('bob+shop'), reason: 'HARD_BOUNCE' }),
    () => unsubscribe(undefined, byEmail(at('ada'), 'UNSUBSCRIBED')),
    () => unsubscribe('SINGLE', byEmail(at('eve'), 'UNSUBSCRIBED')),
    () => join('SECOND', town.ada),
    () => join('SECOND', town.bob),
    () => send('POST', PATHS.lists, listBody('VIP')),
    () => send('PATCH', `${PATHS.lists}/SINGLE`, rename),
  ]) {
    await happen();
    later(1000);
  }
  return town;
}

/** Ada views boots on the first and orders them on the second of October, Bob views them on the third. */
export async function openTrade({ event }: Shop): Promise<void> {
  const bob = { profile: { email: at('bob') } };
  await event({ unique_id: 'e1', time: '2026-10-01T00:00:00Z' });
  await event({
    unique_id: 'e2',
    time: '2026-10-02T00:00:00Z',
    metric: 'Placed Order',
    value: 9.5,
    value_currency: 'EUR',
  });
  await event({ unique_id: 'e3', time: '2026-10-03T00:00:00Z', ...bob });
}
