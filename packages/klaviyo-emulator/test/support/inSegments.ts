import type { EmulatorOptions, SegmentOptions } from '../../src/options.ts';
import { PATHS, profileBody } from './bodies.ts';
import type { TestEmulator } from './createTestEmulator.ts';
import { account } from './inShop.ts';

export const HOUR_MS = 3_600_000;

export const GOLD: SegmentOptions = { id: 'GOLD', name: 'Gold', where: 'equals(properties.tier,"gold")' };
export const withSegments = (...segments: SegmentOptions[]): EmulatorOptions => account({ segments });

export const person = (name: string, properties: Record<string, unknown> = {}, rest = {}) =>
  profileBody({ email: `${name}@example.com`, properties, ...rest });
export const save = ({ send }: TestEmulator, body: unknown) => send('POST', PATHS.profileImport, body);

/** `name joined-hour` of each member, as the API answers them, oldest first. */
export async function membersOf({ send }: TestEmulator, id = 'GOLD'): Promise<string[]> {
  const { body } = await send('GET', `/api/segments/${id}/profiles?sort=joined_group_at`);
  return body.data.map(({ attributes }: { attributes: { email: string; joined_group_at: string } }) =>
    [attributes.email.split('@')[0], new Date(attributes.joined_group_at).getUTCHours()].join(' '),
  );
}
