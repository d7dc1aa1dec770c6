import { PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { GOLD, HOUR_MS, person, save, withSegments } from '../support/inSegments.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const SUPPRESSION = 'routes/subscriptions/suppressionJobs.ts';

/** A suppress job of a group, or of a group and a person. */
function suppression(groups: { list?: string; segment?: string }, email?: string) {
  const relationships = Object.fromEntries(Object.entries(groups).map(([type, id]) => [type, { data: { type, id } }]));
  const profiles = email && { profiles: { data: [{ type: 'profile', attributes: { email } }] } };
  return { data: { type: 'profile-suppression-bulk-create-job', attributes: { ...profiles }, relationships } };
}

export const GROUP_SUPPRESSION_RULES: Rule[] = [
  {
    rule: 'a suppression of a segment is one of its members at this moment',
    async scene(open) {
      const shop = open(withSegments(GOLD));
      await save(shop, person('ada', { tier: 'gold' }));
      await save(shop, person('bob'));
      const { body } = await shop.send('POST', PATHS.suppress, suppression({ segment: 'GOLD' }));
      const { profiles, jobs } = shop.emulator.state();
      const suppressed = profiles.map(({ suppressions }) => suppressions.map(({ reason }) => reason));
      return [suppressed, body.data.relationships.segments.data, jobs.map(({ segments, total }) => [segments, total])];
    },
    seen: [[['USER_SUPPRESSED'], []], [{ type: 'segment', id: 'GOLD' }], [[['GOLD'], 1]]],
    off: without(SUPPRESSION, '[list, segment].flatMap', '[list].flatMap'),
  },
  {
    rule: 'a suppression takes one of profiles, a list and a segment, and the segment exists',
    async scene(open) {
      const { send, emulator } = open(withSegments(GOLD));
      const bodies = [
        suppression({ list: 'SINGLE', segment: 'GOLD' }),
        suppression({ segment: 'GOLD' }, 'ada@example.com'),
        suppression({ segment: 'NOSUCH' }),
      ];
      const replies = await Promise.all(bodies.map((body) => send('POST', PATHS.suppress, body)));
      return [replies.map(errorsOf), emulator.state().jobs.length];
    },
    seen: [[['400 invalid /data'], ['400 invalid /data'], ['404 not_found /data/relationships/segment/data/id']], 0],
    off: without(
      'validate/bodies/suppressions.ts',
      'data.attributes.profiles, list, segment',
      'data.attributes.profiles ?? list ?? segment',
    ),
  },
  {
    rule: 'suppress jobs are found by status, list and segment, newest first',
    async scene(open) {
      const shop = open({ ...withSegments(GOLD), jobStepMs: HOUR_MS });
      await shop.send('POST', PATHS.suppress, suppression({ segment: 'GOLD' }));
      shop.emulator.clock.advance(2 * HOUR_MS);
      await shop.send('POST', PATHS.suppress, suppression({ list: 'SINGLE' }));
      await shop.send('POST', PATHS.unsuppress, suppressionOf('delete'));
      const find = async (query: string) => {
        const { body } = await shop.send('GET', `${PATHS.suppress}?${query}`);
        return body.data.map(
          ({ relationships: { lists, segments } }: Groups) => [...lists.data, ...segments.data][0]?.id,
        );
      };
      const by = (filter: string) => find(`filter=${encodeURIComponent(filter)}`);
      return {
        all: await find(''),
        oldest: await find('sort=created'),
        complete: await by('equals(status,"complete")'),
        list: await by('equals(list_id,"SINGLE")'),
        segment: await by('equals(segment_id,"GOLD")'),
      };
    },
    seen: {
      all: ['SINGLE', 'GOLD'],
      oldest: ['GOLD', 'SINGLE'],
      complete: ['GOLD'],
      list: ['SINGLE'],
      segment: ['GOLD'],
    },
    off: without('routes/imports/readJobs.ts', '(job) => job.kind === kind &&', '(job) =>'),
  },
];

interface Groups {
  relationships: Record<'lists' | 'segments', { data: { id: string }[] }>;
}

const suppressionOf = (verb: 'delete') => {
  const { attributes } = suppression({}, 'ada@example.com').data;
  return { data: { type: `profile-suppression-bulk-${verb}-job`, attributes } };
};
