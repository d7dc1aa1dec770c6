import type { EmulatorOptions } from '../../src/options.ts';
import { byEmail, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, BOB, DAY_MS, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const IMPORT = 'state/importProfile.ts';
const RUN = 'state/runImportTask.ts';
const SUPPRESS = 'state/runSuppressionTask.ts';
const lenient = { assume: { bulkImportInvalid: 'job' } } as const;
const stepped = { jobStepMs: 1000 };

/** What `look` sees at once, after one step and after two. */
const eachStep = (start: (shop: Shop) => Promise<string>, look: (shop: Shop, path: string) => unknown) =>
  inShop(async (shop) => {
    const path = await start(shop);
    const seen = [await look(shop, path)];
    for (let step = 0; step < 2; step++) {
      shop.later(1000);
      seen.push(await look(shop, path));
    }
    return seen;
  }, stepped);

const statusOf = async ({ job }: Shop, path: string) => (await job(path)).status;
const counts = async ({ job }: Shop, path: string) => {
  const { total_count, completed_count, failed_count, skipped_count } = await job(path);
  return [total_count, completed_count, failed_count ?? skipped_count];
};
const importErrors = async ({ read }: Shop, path: string) =>
  (await read(`${path}/import-errors`)).body.data.map(({ attributes }: { attributes: object }) => attributes);

/** Ada after a bulk import that names nothing but her external id. */
const clearing = (options: EmulatorOptions) =>
  inShop(async ({ person, importing, people, emulator }) => {
    const about = { first_name: 'Ada', location: { city: 'Bonn' }, properties: { color: 'red' } };
    await person({ email: ADA, external_id: 'c1', ...about });
    const nothing = { first_name: null, location: { city: null }, properties: { color: null } };
    await importing([{ external_id: 'c1', email: null, ...nothing }]);
    const [ada] = emulator.state().profiles;
    return [...people(), ada?.attributes, ada?.location, ada?.properties];
  }, options);

const imports: Rule[] = [
  {
    rule: 'a bulk import is queued, then processing, then complete',
    scene: eachStep(({ importing }) => importing([{ email: ADA }]), statusOf),
    seen: ['queued', 'processing', 'complete'],
    off: without('present/presentJob.ts', "nowMs >= job.startsMs ? 'processing' : 'queued'", "'queued'"),
  },
  {
    rule: 'the profiles of a bulk import are there when it is complete, not before',
    scene: eachStep(
      ({ importing }) => importing([{ email: ADA }]),
      ({ people }) => people().length,
    ),
    seen: [0, 0, 1],
    off: without('routes/imports/bulkImport.ts', 'dueMs: job.completesMs', 'dueMs: nowMs'),
  },
  {
    rule: 'a bulk import counts what it completed when it is complete',
    scene: eachStep(({ importing }) => importing([{ email: ADA }, { email: BOB }]), counts),
    seen: [
      [2, 0, 0],
      [2, 0, 0],
      [2, 2, 0],
    ],
    off: without(RUN, 'job.completed += 1;'),
  },
  {
    rule: 'a bulk import counts what failed, and the rest of it is imported',
    scene: inShop(async (shop) => {
      const path = await shop.importing([{ email: 'nobody' }, { email: ADA }, { phone_number: '12' }]);
      return [await counts(shop, path), shop.people()];
    }, lenient),
    seen: [[3, 1, 2], [`${ADA}|-|-|-: `]],
    off: without(RUN, 'job.failed += 1;'),
  },
  {
    rule: 'an import error points at its profile',
    scene: inShop(async (shop) => {
      const path = await shop.importing([{ email: ADA }, { email: 'nobody' }, { phone_number: '12' }]);
      return (await importErrors(shop, path)).map(({ source }: { source: { pointer: string } }) => source.pointer);
    }, lenient),
    seen: [
      '/data/attributes/profiles/data/1/attributes/email',
      '/data/attributes/profiles/data/2/attributes/phone_number',
    ],
    off: without(RUN, '$' + '{position}/', '0/'),
  },
  {
    rule: 'an import error carries the profile as it was sent',
    scene: inShop(async (shop) => {
      const path = await shop.importing([{ email: 'nobody', first_name: 'No' }]);
      return (await importErrors(shop, path)).map(
        ({ original_payload }: { original_payload: unknown }) => original_payload,
      );
    }, lenient),
    seen: [{ type: 'profile', attributes: { email: 'nobody', first_name: 'No' } }],
    off: without(RUN, 'originalPayload: resource', 'originalPayload: {}'),
  },
  {
    rule: 'identifiers of two profiles are an import error of the job',
    scene: inShop(async (shop) => {
      await shop.person({ email: ADA });
      await shop.person({ phone_number: PHONE });
      const path = await shop.importing([{ email: ADA, phone_number: PHONE }]);
      return (await importErrors(shop, path)).map(({ code }: { code: string }) => code);
    }),
    seen: ['duplicate_profile'],
    off: without('state/upsertProfile.ts', 'if (second)', 'if (false)'),
  },
  {
    rule: 'a bulk import into a list adds members without touching consent, on a double opt-in list too',
    scene: inShop(async ({ importing, consent }) => {
      await importing([{ email: ADA }], 'DOUBLE');
      return consent();
    }),
    seen: 'email NEVER_SUBSCRIBED, in DOUBLE',
    off: without(
      RUN,
      'job.profileIds.push(profile.id);',
      "profile.channels.email.consent = 'SUBSCRIBED';\njob.profileIds.push(profile.id);",
    ),
  },
  {
    rule: 'a bulk import leaves an unsubscribe as it is',
    scene: inShop(async ({ unsubscribe, importing, consent }) => {
      await unsubscribe();
      await importing([{ email: ADA }], 'SINGLE');
      return consent();
    }),
    seen: 'email UNSUBSCRIBED, suppressed UNSUBSCRIBE, in SINGLE',
    off: without(
      RUN,
      'job.profileIds.push(profile.id);',
      'profile.suppressions = [];\njob.profileIds.push(profile.id);',
    ),
  },
  {
    rule: 'who is imported into a list again keeps the time of joining',
    scene: inShop(async ({ importing, later, emulator }) => {
      for (let i = 0; i < 2; i++) {
        await importing([{ email: ADA }], 'SINGLE');
        later(5000);
      }
      return emulator.state().lists[0]?.members.map(({ joined }) => joined.slice(11, 19));
    }),
    seen: ['09:00:00'],
    off: without(RUN, 'if (!list.members.has(profile.id)) '),
  },
  {
    rule: 'with dropReservedDomains a bulk import loses addresses at example.com, and counts them as completed',
    scene: inShop(
      async (shop) => {
        const path = await shop.importing([{ email: ADA }, { email: 'ada@shop.example.com' }]);
        return [shop.people(), await counts(shop, path)];
      },
      { dropReservedDomains: true },
    ),
    seen: [['ada@shop.example.com|-|-|-: '], [2, 2, 0]],
    off: without(IMPORT, 'if (lost) return { ok: true };'),
  },
  {
    rule: 'a bulk import writes no nulls, so that nothing is cleared by it',
    scene: clearing({}),
    seen: [`${ADA}|-|c1|-: `, { first_name: 'Ada' }, { city: 'Bonn' }, { color: 'red' }],
    off: without(IMPORT, 'ignoresNulls ? dropNulls(resource) : resource', 'resource'),
  },
  {
    rule: 'a null in a bulk import clears, where that is assumed',
    scene: clearing({ assume: { bulkImportNulls: 'clear' } }),
    seen: ['-|-|c1|-: ', {}, {}, {}],
    off: without(IMPORT, "world.settings.assume.bulkImportNulls === 'ignore'", 'true'),
  },
  {
    rule: 'a bulk import job expires after seven days',
    scene: inShop(async ({ importing, read, later }) => {
      const path = await importing([{ email: ADA }]);
      later(7 * DAY_MS - 1);
      const { status } = await read(path);
      later(1);
      return [status, errorsOf(await read(path))];
    }),
    seen: [200, ['404 not_found /data/']],
    off: without('routes/imports/readJobs.ts', 'JOB_LIFETIME_MS ? job', 'Number.POSITIVE_INFINITY ? job'),
  },
  {
    rule: 'an expired bulk import job is listed no longer',
    scene: inShop(async ({ importing, read, later }) => {
      const seen = [];
      for (const days of [0, 6, 1]) {
        later(days * DAY_MS);
        if (days === 0) await importing([{ email: ADA }]);
        seen.push((await read(PATHS.bulkImport)).body.data.length);
      }
      return seen;
    }),
    seen: [1, 1, 0],
    off: without('routes/imports/readJobs.ts', 'JOB_LIFETIME_MS,', 'Number.POSITIVE_INFINITY,'),
  },
];

const suppressions: Rule[] = [
  {
    rule: 'a suppress job is queued, then processing, then complete, and suppresses then',
    scene: eachStep(
      ({ suppress }) => suppress(ADA),
      async (shop, path) => `${await statusOf(shop, path)}: ${shop.consent()}`,
    ),
    seen: ['queued: nobody', 'processing: nobody', 'complete: email NEVER_SUBSCRIBED, suppressed USER_SUPPRESSED'],
    off: without('routes/subscriptions/suppressionJobs.ts', 'dueMs: job.completesMs', 'dueMs: nowMs'),
  },
  {
    rule: 'a suppress job creates the profiles that are missing',
    scene: inShop(async ({ suppress, consent }) => {
      await suppress(ADA);
      return consent();
    }),
    seen: 'email NEVER_SUBSCRIBED, suppressed USER_SUPPRESSED',
    off: without(
      SUPPRESS,
      'const profile = known ?? createProfile(world, account, nowMs);',
      'if (!known) continue;\nconst profile = known;',
    ),
  },
  {
    rule: 'a suppression leaves the consent',
    scene: inShop(async ({ subscribe, suppress, consent }) => {
      await subscribe();
      await suppress(ADA);
      return consent();
    }),
    seen: 'email SUBSCRIBED, suppressed USER_SUPPRESSED',
    off: without(
      SUPPRESS,
      'profile.updatedMs = nowMs;',
      "profile.updatedMs = nowMs;\nprofile.channels.email.consent = 'UNSUBSCRIBED';",
    ),
  },
  {
    rule: 'a suppress job counts whom it skips: the suppressed',
    scene: inShop(async (shop) => {
      await shop.suppress(ADA);
      return counts(shop, await shop.suppress(ADA, BOB));
    }),
    seen: [2, 1, 1],
    off: without(SUPPRESS, 'job.skipped += 1;', 'job.completed += 1;'),
  },
  {
    rule: 'an unsuppress job counts whom it skips: the unknown and those not suppressed',
    scene: inShop(async (shop) => {
      await shop.suppress(ADA);
      await shop.person({ email: BOB });
      return [await counts(shop, await shop.unsuppress(ADA, BOB, 'eve@example.com')), shop.people().length];
    }),
    seen: [[3, 1, 2], 2],
    off: without(SUPPRESS, 'suppressed === suppresses', 'suppresses && suppressed'),
  },
  {
    rule: 'an unsuppress job lifts the suppression by the user only',
    scene: inShop(async ({ unsubscribe, suppress, unsuppress, emulator, consent }) => {
      await unsubscribe();
      emulator.optOut({ email: ADA, reason: 'HARD_BOUNCE' });
      await suppress(ADA);
      const before = consent();
      await unsuppress(ADA);
      return [before, consent()];
    }),
    seen: [
      'email UNSUBSCRIBED, suppressed UNSUBSCRIBE,HARD_BOUNCE,USER_SUPPRESSED',
      'email UNSUBSCRIBED, suppressed UNSUBSCRIBE,HARD_BOUNCE',
    ],
    off: without(SUPPRESS, "({ reason }) => reason !== 'USER_SUPPRESSED'", '() => false'),
  },
  {
    rule: 'a suppress job of a list suppresses its members',
    scene: inShop(async ({ subscribe, send, consent }) => {
      await subscribe('SINGLE');
      await subscribe(undefined, byEmail(BOB, 'SUBSCRIBED'));
      const relationships = { list: { data: { type: 'list', id: 'SINGLE' } } };
      const data = { type: 'profile-suppression-bulk-create-job', attributes: {}, relationships };
      const { status } = await send('POST', PATHS.suppress, { data });
      return [status, consent(ADA), consent(BOB)];
    }),
    seen: [202, 'email SUBSCRIBED, suppressed USER_SUPPRESSED, in SINGLE', 'email SUBSCRIBED'],
    off: without('routes/subscriptions/suppressionJobs.ts', '...members.flatMap', '...[].flatMap'),
  },
];

export const JOB_RULES: Rule[] = [...imports, ...suppressions];
