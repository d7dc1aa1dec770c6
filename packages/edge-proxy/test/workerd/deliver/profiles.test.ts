import { describe, expect, it, vi } from 'vitest';
import { many, profileItem } from '../support/items.ts';
import { identify } from '../support/messages.ts';
import { sendServerBatch } from '../support/post.ts';
import { calls } from '../support/seen.ts';
import { openWorld, type World } from '../support/world.ts';

const bad = (id: string) => profileItem(id, { who: { email: `${id} is no address` } });
const names = ({ klaviyo }: World) =>
  klaviyo
    .state()
    .profiles.map(({ attributes }) => attributes.first_name)
    .sort();

describe('imports of profiles', () => {
  it('are settled by asking for the job until it is complete', async () => {
    const world = openWorld({ jobStepMs: 6000 });
    await world.accept(many(3, profileItem, 'p'));
    await world.pass(8000);
    const during = await world.tally();
    await world.pass(60_000);
    expect([during.waiting, (await world.tally()).delivered, names(world), calls(world)]).toEqual([
      3,
      3,
      ['p0', 'p1', 'p2'],
      ['bulk_import_profiles 202', ...Array.from({ length: 3 }, () => 'get_bulk_import_profiles_job 200')],
    ]);
  });

  it('leave the rows that Klaviyo refused as dead letters, and the rest delivered', async () => {
    const world = openWorld({ assume: { bulkImportInvalid: 'job' } });
    await world.accept([profileItem('p1'), bad('b1'), profileItem('p2')]);
    await world.pass(60_000);
    expect([await world.tally(), await world.deadLetters(), names(world)]).toEqual([
      { accepted: 3, waiting: 0, delivered: 2, refused: 0, dead: 1, duplicate: 0 },
      [
        {
          id: 'b1#profile',
          reason: 'klaviyo_rejected',
          attempts: 1,
          error: expect.objectContaining({ code: 'invalid', pointer: expect.stringContaining('/profiles/data/1/') }),
        },
      ],
      ['p1', 'p2'],
    ]);
  });

  it('that Klaviyo refuses whole for one row are sent again without it', async () => {
    const world = openWorld();
    await world.accept([profileItem('p1'), bad('b1'), profileItem('p2')]);
    await world.pass(60_000);
    expect([await world.tally(), names(world)]).toEqual([
      { accepted: 3, waiting: 0, delivered: 2, refused: 0, dead: 1, duplicate: 0 },
      ['p1', 'p2'],
    ]);
  });

  it('with more pages of errors than the limits allow at once settle nevertheless', async () => {
    const world = openWorld({ assume: { bulkImportInvalid: 'job' } });
    await world.accept([...many(1500, bad, 'b'), ...many(10, profileItem, 'p')]);
    await world.pass(5 * 60_000);
    expect([
      await world.tally(),
      new Set(calls(world)).has('get_errors_for_bulk_import_profiles_job 429'),
      calls(world, 'bulk_import_profiles').length,
    ]).toEqual([{ accepted: 1510, waiting: 0, delivered: 10, refused: 0, dead: 1500, duplicate: 0 }, false, 1]);
  });

  it('that Klaviyo forgot are sent again, ever more rarely', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'get_bulk_import_profiles_job', status: 404, count: -1 }]);
    await world.accept(many(3, profileItem, 'p'));
    await world.pass(2 * 3_600_000);
    const sent = calls(world, 'bulk_import_profiles').length;
    world.klaviyo.faults.replace([]);
    await world.pass(3_600_000);
    expect([sent < 60, await world.tally(), names(world)]).toEqual([
      true,
      { accepted: 3, waiting: 0, delivered: 3, refused: 0, dead: 0, duplicate: 0 },
      ['p0', 'p1', 'p2'],
    ]);
  });

  it('that a poll fails on are asked about again, not sent again', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([
      { operation: 'get_bulk_import_profiles_job', status: 503, count: 3 },
      { operation: 'get_bulk_import_profiles_job', status: 403, html: true, count: 2 },
    ]);
    await world.accept(many(3, profileItem, 'p'));
    await world.pass(60_000);
    expect([calls(world, 'bulk_import_profiles').length, (await world.tally()).delivered]).toEqual([1, 3]);
  });

  it('that Klaviyo took are not dead because they waited long before', async () => {
    const world = openWorld({ jobStepMs: 60_000 });
    await world.accept(many(2, (id) => profileItem(id, { receivedAtMs: Date.now() - 72 * 3_600_000 + 30_000 }), 'p'));
    await world.pass(10 * 60_000);
    expect(await world.tally()).toEqual({ accepted: 2, waiting: 0, delivered: 2, refused: 0, dead: 0, duplicate: 0 });
  });

  it('keep the order of changes also when one has to be tried again', async () => {
    const world = openWorld();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    world.klaviyo.faults.replace([{ operation: 'bulk_import_profiles', status: 503, count: 2 }]);
    const change = (id: string) => profileItem(id, { who: { email: 'ada@example.com' } });
    await world.accept([change('older')]);
    await world.pass(2000);
    await world.accept([change('newer')]);
    await world.pass(10 * 60_000);
    expect(names(world)).toEqual(['newer']);
  });
});

describe('a patch of a profile', () => {
  it('appends to, takes out of and removes custom properties, and leaves the others', async () => {
    const world = openWorld();
    const email = 'ada@example.org';
    const patch = { $append: { interests: 'hats' }, $unappend: { visits: 'oslo' }, $unset: ['size'] };
    for (const traits of [{ interests: ['shoes'], visits: ['oslo', 'bergen'], size: 'S', vip: true }, patch]) {
      await sendServerBatch([identify(crypto.randomUUID(), { email, ...traits })]);
      await world.collect();
      await world.pass(60_000);
    }
    expect([world.klaviyo.state().profiles.map(({ properties }) => properties), await world.tally()]).toEqual([
      [{ interests: ['shoes', 'hats'], visits: ['bergen'], vip: true }],
      { accepted: 3, waiting: 0, delivered: 3, refused: 0, dead: 0, duplicate: 0 },
    ]);
  });
});
