import { describe, expect, it } from 'vitest';
import { yes } from '../support/messages.ts';
import { send, sendBatch, sendServerBatch, summary } from '../support/post.ts';
import { openWorld } from '../support/world.ts';

const group = (messageId: string, change: object = {}) => ({
  type: 'group',
  messageId,
  groupId: 'DEMO01',
  userId: 'u-1',
  traits: { name: 'Analytical Engines' },
  context: { ...yes, traits: { email: 'ada@example.org' } },
  ...change,
});
const ofList = { context: { ...yes, klaviyo: { list: true }, traits: { email: 'ada@example.org' } } };

describe('a group that says that it is a Klaviyo list', () => {
  it('is taken from a back end that may touch lists, and from nobody else', async () => {
    openWorld();
    const batch = [group('m1', ofList)];
    const answers = [
      await sendServerBatch(batch),
      await send('/v1/batch', { writeKey: 'sk_sender', batch }, { origin: null }),
      await sendBatch(batch),
    ];
    const refused = (code: string) => [202, 0, [{ index: 0, id: 'm1', code, path: 'context.klaviyo.list' }]];
    expect(answers.map(summary)).toEqual([[202, 1, []], refused('key_scope'), refused('field_untrusted')]);
  });

  it('needs an id that a list can have', async () => {
    openWorld();
    const batch = [group('m1', { ...ofList, groupId: '../x' }), group('m2', { ...ofList, groupId: null })];
    expect((await sendServerBatch(batch)).json.error?.details).toEqual({
      rejected: ['m1', 'm2'].map((id, index) => ({ index, id, code: 'event_invalid', path: 'groupId' })),
    });
  });

  it('puts the person on the list and leaves their consent alone; a company is their organisation', async () => {
    const world = openWorld();
    await sendServerBatch([group('m1', ofList), group('m2')]);
    await world.collect();
    await world.pass(60_000);
    expect([
      world.klaviyo
        .state()
        .profiles.map(({ email, attributes, lists, consent }) => [email, attributes, lists, consent.email.consent]),
      await world.tally(),
    ]).toEqual([
      [['ada@example.org', { organization: 'Analytical Engines' }, ['DEMO01'], 'NEVER_SUBSCRIBED']],
      { accepted: 2, waiting: 0, delivered: 2, refused: 0, dead: 0, duplicate: 0 },
    ]);
  });
});
