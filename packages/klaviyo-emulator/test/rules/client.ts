import { type EventSketch, eventBody, PATHS, profileBody } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, at, group, META, PROFILE, shopWith, subscription, visit } from '../support/onPage.ts';
import { bounds } from './bounds.ts';
import type { Rule } from './Rule.ts';
import { invalid } from './refuses.ts';
import { without } from './without.ts';

const ACCOUNT_RULES: Rule[] = [
  {
    rule: 'a client operation takes the public key of an account in company_id, and no other',
    async scene(open) {
      const shop = shopWith(open);
      const paths = ['/client/events', '/client/events?company_id=', '/client/events?company_id=NOSUCH', at('events')];
      const replies = await Promise.all(paths.map((path) => visit(shop, path)));
      return [replies.map((reply) => [reply.status, ...errorsOf(reply)]), shop.emulator.state().events.length];
    },
    seen: [
      [[400, '400 invalid company_id'], [400, '400 invalid company_id'], [400, '400 invalid company_id'], [202]],
      1,
    ],
    off: without(
      'http/findCompany.ts',
      'id === null ? undefined : world.accounts.get(id)',
      '[...world.accounts.values()][0]',
    ),
  },
  {
    rule: 'a server operation takes no company_id instead of a key, nor beside one',
    async scene(open) {
      const shop = shopWith(open);
      const path = `${PATHS.event}?company_id=EMULAT`;
      return [...errorsOf(await visit(shop, path)), ...errorsOf(await shop.send('POST', path, eventBody()))];
    },
    seen: ['401 authentication_failed /data/', '400 invalid company_id'],
    off: without(
      'http/answerCall.ts',
      'operation.client\n',
      "(operation.client || url.searchParams.has('company_id'))\n",
    ),
  },
  {
    rule: 'a client operation needs a revision like any other',
    async scene(open) {
      const headers = { 'content-type': 'application/json' };
      return errorsOf(await visit(shopWith(open), at('events'), eventBody(), { headers }));
    },
    seen: ['400 invalid revision'],
    off: without('http/answerCall.ts', 'if (wrongRevision) return done(wrongRevision);'),
  },
];

const BROWSER_RULES: Rule[] = [
  {
    rule: 'a preflight of a client operation is answered, for any origin',
    async scene(open) {
      const { status, headers } = await visit(shopWith(open), at('events'), undefined, {
        method: 'OPTIONS',
        body: null,
      });
      const names = ['origin', 'methods', 'headers'].map((name) => headers.get(`access-control-allow-${name}`));
      return [status, ...names];
    },
    seen: [204, '*', 'POST, OPTIONS', 'accept, content-type, revision, x-klaviyo-user-agent'],
    off: without('http/allowBrowsers.ts', "app.options('/client/*',", "app.options('/none',"),
  },
  {
    rule: 'a page may read the answers of client operations, errors and faults included',
    async scene(open) {
      const shop = shopWith(open);
      const answers = [
        await visit(shop, at('events')),
        await visit(shop, '/client/events'),
        await visit(shop, '/client/none'),
      ];
      shop.emulator.faults.replace([{ status: 503 }]);
      answers.push(await visit(shop, at('events')));
      return answers.map(({ status, headers }) => [status, headers.get('access-control-allow-origin')]);
    },
    seen: [
      [202, '*'],
      [400, '*'],
      [404, '*'],
      [503, '*'],
    ],
    off: without('http/allowBrowsers.ts', "context.header(ORIGIN, '*');"),
  },
  {
    rule: 'a page may not read the answers of server operations',
    async scene(open) {
      const { headers } = await shopWith(open).send('GET', PATHS.lists);
      return headers.get('access-control-allow-origin');
    },
    seen: null,
    off: without('http/allowBrowsers.ts', "app.use('/client/*',", "app.use('*',"),
  },
];

const EVENT_RULES: Rule[] = [
  {
    rule: 'events of a page are those of the server: one for each profile, metric and unique_id',
    async scene(open) {
      const shop = shopWith(open);
      const events = [{ unique_id: 'o1' }, { unique_id: 'o2' }];
      await shop.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
      await visit(shop, at('events'), eventBody({ unique_id: 'o1' }));
      await visit(shop, at('event-bulk-create'), group({ events }));
      return shop.emulator.state().events.map(({ unique_id }) => unique_id);
    },
    seen: ['o1', 'o2'],
    off: without(
      'routes/client/bulkCreateClientEvents.ts',
      'takeGroups(call, [data], () =>',
      'takeGroups(call, [], () =>',
    ),
  },
  bounds("a page's bulk has at most 1,000 events", {
    path: at('event-bulk-create'),
    takes: [group({ events: Array.from({ length: 1000 }, (_, n): EventSketch => ({ unique_id: `${n}` })) })],
    refuses: [group({ events: Array.from({ length: 1001 }, (_, n): EventSketch => ({ unique_id: `${n}` })) })],
    errors: invalid('/data/attributes/events/data'),
    off: without('validate/bodies/clientEvents.ts', 'if (count > MAX_BULK_EVENTS)', 'if (false)'),
  }),
  {
    rule: 'a fault of the one profile or of an event in the bulk of a page is pointed at',
    async scene(open) {
      const shop = shopWith(open, { assume: { bulkDuplicates: 'reject' } });
      const send = (sketch: Parameters<typeof group>[0]) => visit(shop, at('event-bulk-create'), group(sketch));
      const twice = await send({ events: [{ unique_id: 'o1' }, { unique_id: 'o1' }] });
      const stranger = await send({ profile: { _kx: 'old' }, events: [{}] });
      return [twice, stranger].flatMap(errorsOf);
    },
    seen: invalid('/data/attributes/events/data/1/attributes/unique_id', `${PROFILE}/attributes/_kx`),
    off: without('routes/client/bulkCreateClientEvents.ts', "() => '/data/attributes'", "() => '/data'"),
  },
];

const PROFILE_RULES: Rule[] = [
  {
    rule: 'a profile from a page is answered with 202 and nothing, and visible after the delay',
    async scene(open) {
      const shop = shopWith(open, { visibilityDelayMs: 1000 });
      const { status, body } = await visit(shop, at('profiles'), profileBody({ ...ADA, first_name: 'Ada' }));
      const count = () => shop.emulator.state().profiles.length;
      const before = count();
      shop.emulator.clock.advance(1000);
      return [status, body, before, count()];
    },
    seen: [202, '', 0, 1],
    off: without('routes/client/createClientProfile.ts', 'visibleAt(world, nowMs)', 'nowMs'),
  },
  {
    rule: 'a page cannot change the identifiers that a profile has, and is not told',
    async scene(open) {
      const shop = shopWith(open);
      const { body } = await shop.send('POST', PATHS.profiles, profileBody(ADA));
      const change = profileBody({ email: 'eve@example.com', title: 'Dr' }, { id: body.data.id });
      const { status } = await visit(shop, at('profiles'), change);
      return [status, shop.emulator.state().profiles.map(({ email, attributes }) => [email, attributes])];
    },
    seen: [202, [['ada@example.com', { title: 'Dr' }]]],
    off: without('state/setIdentifiers.ts', 'offered.email && !profile.email &&', 'offered.email &&'),
  },
  {
    rule: 'a visitor who tells a page who they are keeps the anonymous past',
    async scene(open) {
      const shop = shopWith(open);
      await visit(shop, at('events'), eventBody({ profile: { anonymous_id: 'v1' } }));
      await visit(shop, at('profiles'), profileBody({ ...ADA, anonymous_id: 'v1' }));
      const { profiles, events } = shop.emulator.state();
      return profiles.map(({ id, email }) => [email, events.filter(({ profile }) => profile === id).length]);
    },
    seen: [['ada@example.com', 1]],
    off: without(
      'state/runProfileTask.ts',
      'identifiers: { ...attributes, id }',
      'identifiers: { email: attributes.email, id }',
    ),
  },
  {
    rule: 'a profile from a page with an unknown id, or at a reserved domain, is lost',
    async scene(open) {
      const shop = shopWith(open, { dropReservedDomains: true });
      await visit(shop, at('profiles'), profileBody({ title: 'Dr' }, { id: 'NOSUCH' }));
      await visit(shop, at('profiles'), profileBody(ADA));
      const { dropped, profiles } = shop.emulator.state();
      return [dropped.map(({ what, reason }) => `${what} ${reason}`), profiles.length];
    },
    seen: [['profile unknown_profile_id', 'profile reserved_domain'], 0],
    off: without(
      'state/runProfileTask.ts',
      'losesReserved(world, account, { ...lost, email: attributes.email })',
      'false',
    ),
  },
  bounds("a page's profile has an identifier, which may be an anonymous_id, and a phone number that is one", {
    path: at('profiles'),
    takes: [profileBody({ anonymous_id: 'v1' })],
    refuses: [profileBody({ title: 'Dr' }), profileBody({ ...ADA, phone_number: '12' })],
    errors: invalid('/data/attributes', '/data/attributes/phone_number'),
    off: without('validate/bodies/clientProfile.ts', 'hasIdentifier(IDENTIFIERS),'),
  }),
  {
    rule: 'meta sits beside the attributes of a profile from a page, and in bulk; among them elsewhere',
    async scene(open) {
      const shop = shopWith(open);
      const inside = { ...ADA, ...META };
      const right = [
        await visit(shop, at('events'), eventBody({ profile: inside })),
        await visit(shop, at('event-bulk-create'), group({ profile: ADA, profileRest: META, events: [{}] })),
        await visit(shop, at('profiles'), profileBody(ADA, META)),
        await visit(shop, at('subscriptions'), subscription(inside)),
      ];
      const wrong = [
        await visit(shop, at('events'), eventBody({ profile: ADA, profileRest: META })),
        await visit(shop, at('event-bulk-create'), group({ profile: inside, events: [{}] })),
        await visit(shop, at('profiles'), profileBody(inside)),
        await visit(shop, at('subscriptions'), subscription(ADA, META)),
      ];
      return [right.map(({ status }) => status), wrong.flatMap(errorsOf)];
    },
    seen: [
      [202, 202, 202, 202],
      invalid(`${PROFILE}/meta`, `${PROFILE}/attributes/meta`, '/data/attributes/meta', `${PROFILE}/meta`),
    ],
    off: without('validate/bodies/clientProfile.ts', 'meta: optional(profileMeta),'),
  },
];

export const CLIENT_RULES: Rule[] = [...ACCOUNT_RULES, ...BROWSER_RULES, ...EVENT_RULES, ...PROFILE_RULES];
