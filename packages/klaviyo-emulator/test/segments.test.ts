import { describe, expect, test } from 'vitest';
import { memberBody, PATHS } from './support/bodies.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';
import { GOLD, person, save, withSegments } from './support/inSegments.ts';
import { loadContract } from './support/loadContract.ts';

const contract = loadContract();

describe.skipIf(contract === undefined)("by Klaviyo's OpenAPI document", () => {
  test('answers about segments, with all that they may include, are valid', async () => {
    const shop = createTestEmulator(withSegments(GOLD, { id: 'ALL', name: 'All' }));
    const { id } = (await save(shop, person('ada', { tier: 'gold' }))).body.data;
    await shop.send('POST', '/api/lists/SINGLE/relationships/profiles', memberBody([id]));
    const type = 'profile-suppression-bulk-create-job';
    const relationships = { segment: { data: { type: 'segment', id: 'GOLD' } } };
    await shop.send('POST', PATHS.suppress, { data: { type, attributes: {}, relationships } });
    const problems: string[] = [];
    for (const [operation, path] of [
      ['get_segments', '/api/segments?page[size]=1'],
      ['get_segment', '/api/segments/GOLD?additional-fields[segment]=profile_count'],
      ['get_profiles_for_segment', '/api/segments/GOLD/profiles?additional-fields[profile]=subscriptions'],
      ['get_profile_ids_for_segment', '/api/segments/GOLD/relationships/profiles'],
      ['get_profile', `/api/profiles/${id}?include=lists,segments`],
      ['get_bulk_suppress_profiles_jobs', PATHS.suppress],
    ] as const) {
      const { status, body } = await shop.send('GET', path);
      problems.push(
        ...(contract?.answer(operation, status, body) ?? []),
        ...(status === 200 ? [] : [`${path} ${status}`]),
      );
    }
    expect(problems).toEqual([]);
  });
});
