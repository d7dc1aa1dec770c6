import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };

/** Nested properties, and Klaviyo’s limits. */
export const nestedExamples: readonly MappingExample[] = [
  {
    title: 'Nested values stand at the top too, where Klaviyo can segment on them',
    in: {
      type: 'track',
      messageId: 'msg-nested-1',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: {
        result: { type: 'dry', scores: { oil: 2, water: 7 }, tags: ['winter', 'city'] },
        answers: [{ question: 1, answer: 'b' }],
      },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-1',
        profile: anonymous,
        properties: {
          result: { type: 'dry', scores: { oil: 2, water: 7 }, tags: ['winter', 'city'] },
          answers: [{ question: 1, answer: 'b' }],
          'result.type': 'dry',
          'result.scores.oil': 2,
          'result.scores.water': 7,
          'result.tags': ['winter', 'city'],
        },
      },
    ],
  },
  {
    title: 'A name that is taken is left alone, and `$extra` is left nested',
    in: {
      type: 'track',
      messageId: 'msg-nested-2',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: { result: { type: 'dry' }, 'result.type': 'mine', $extra: { html: '<b>dry</b>' } },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-2',
        profile: anonymous,
        properties: { result: { type: 'dry' }, 'result.type': 'mine', $extra: { html: '<b>dry</b>' } },
      },
    ],
  },
  {
    title: 'Flattening can be switched off',
    config: { events: { flatten: false } },
    in: {
      type: 'track',
      messageId: 'msg-nested-3',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: { result: { type: 'dry' } },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-3',
        profile: anonymous,
        properties: { result: { type: 'dry' } },
      },
    ],
  },
  {
    title: 'What nests deeper than Klaviyo takes is left out, and the event says so',
    in: {
      type: 'track',
      messageId: 'msg-nested-4',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: {
        ok: 1,
        a: {
          b: {
            c: {
              d: {
                e: {
                  f: {
                    g: {
                      h: { i: { j: { k: 1 } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-4',
        profile: anonymous,
        properties: {
          ok: 1,
          a: {
            b: {
              c: {
                d: {
                  e: {
                    f: { g: { h: { i: {} } } },
                  },
                },
              },
            },
          },
          SluiceCut: ['a.b.c.d.e.f.g.h.i.j: left out, 10 is the deepest'],
        },
      },
    ],
  },
  {
    title: 'Keys that could reach a prototype are left out, and the event says so',
    in: {
      type: 'track',
      messageId: 'msg-nested-5',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: { ok: 1, nested: { constructor: { x: 1 }, fine: true } },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-5',
        profile: anonymous,
        properties: {
          ok: 1,
          nested: { fine: true },
          'nested.fine': true,
          SluiceCut: ['nested.constructor: this key is not sent'],
        },
      },
    ],
  },
  {
    title: 'A text that is not well-formed is mended',
    in: {
      type: 'track',
      messageId: 'msg-nested-6',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: { note: 'half \ud83d of a character' },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'msg-nested-6',
        profile: anonymous,
        properties: { note: 'half � of a character' },
      },
    ],
  },
];
