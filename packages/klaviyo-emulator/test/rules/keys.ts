import type { EmulatorOptions } from '../../src/options.ts';
import { eventBody, listBody, memberBody, PATHS, profileBody } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

const AUTHENTICATE = 'http/authenticate.ts';
const SHOPS: EmulatorOptions = {
  accounts: [
    {
      publicKey: 'SHOP01',
      keys: [{ key: 'pk_full' }, { key: 'pk_reader', scopes: ['profiles:read', 'lists:read'] }],
    },
    { publicKey: 'SHOP02', keys: [{ key: 'pk_other' }] },
  ],
};
const key = (name: string) => ({ authorization: `Klaviyo-API-Key ${name}` });
const ANYBODY = without(AUTHENTICATE, 'if (!known) continue;', 'if (!known) return { ok: true, account };');

/** The rule that an event sent with this Authorization is refused, and not stored. */
function denied(rule: string, row: { authorization: string; seen: string; off: Off }): Rule {
  const scene: Rule['scene'] = async (open) => {
    const { send, emulator } = open(SHOPS);
    const reply = await send('POST', PATHS.event, eventBody(), { authorization: row.authorization });
    return [errorsOf(reply), emulator.state().events.length];
  };
  return { rule, scene, seen: [[row.seen], 0], off: row.off };
}

const ACCESS_RULES: Rule[] = [
  denied('a call without a key is 401', {
    authorization: '',
    seen: '401 authentication_failed /data/',
    off: ANYBODY,
  }),
  denied('a call with an unknown key is 401', {
    authorization: 'Klaviyo-API-Key pk_wrong',
    seen: '401 authentication_failed /data/',
    off: ANYBODY,
  }),
  denied('a key as a bearer token is 401', {
    authorization: 'Bearer pk_full',
    seen: '401 authentication_failed /data/',
    off: without(AUTHENTICATE, '/^Klaviyo-API-Key', '/'),
  }),
  denied('a key without the scheme is 401', {
    authorization: 'pk_full',
    seen: '401 authentication_failed /data/',
    off: without(AUTHENTICATE, '/^Klaviyo-API-Key\\s+', '/'),
  }),
  denied('a key without the scope is 403', {
    authorization: 'Klaviyo-API-Key pk_reader',
    seen: '403 permission_denied /data/',
    off: without(AUTHENTICATE, 'return missing.length === 0', 'return true'),
  }),
  {
    rule: 'a 403 names the scopes that the key lacks',
    async scene(open) {
      const { send } = open(SHOPS);
      const reply = await send('POST', '/api/lists/A/relationships/profiles', memberBody(['B']), key('pk_reader'));
      return reply.body.errors[0].detail.match(/\w+:\w+/g);
    },
    seen: ['lists:write', 'profiles:write'],
    off: without(AUTHENTICATE, "missing.join(', ')", "''"),
  },
  {
    rule: 'a key with scopes may do what they say',
    async scene(open) {
      const { send } = open(SHOPS);
      return (await send('GET', PATHS.profiles, undefined, key('pk_reader'))).status;
    },
    seen: 200,
    off: without(AUTHENTICATE, 'known.scopes !== null && !known.scopes.includes(scope)', 'known.scopes !== null'),
  },
  {
    rule: 'a wrong key is told nothing about its body',
    async scene(open) {
      const reply = await open(SHOPS).send('POST', PATHS.event, '{', { ...key('pk_wrong'), revision: 'banana' });
      return errorsOf(reply);
    },
    seen: ['401 authentication_failed /data/'],
    off: ANYBODY,
  },
];

const ACCOUNT_RULES: Rule[] = [
  {
    rule: 'what one account stores, another does not see',
    async scene(open) {
      const { send } = open(SHOPS);
      const profile = await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }), key('pk_full'));
      const list = await send('POST', PATHS.lists, listBody('VIP'), key('pk_full'));
      await send('POST', PATHS.event, eventBody(), key('pk_full'));
      const single = [`${PATHS.profiles}/${profile.body.data.id}`, `${PATHS.lists}/${list.body.data.id}`];
      const seen: unknown[] = [];
      for (const path of single) seen.push((await send('GET', path, undefined, key('pk_other'))).status);
      for (const path of [PATHS.profiles, PATHS.lists, PATHS.event, '/api/metrics'])
        seen.push((await send('GET', path, undefined, key('pk_other'))).body.data.length);
      return seen;
    },
    seen: [404, 404, 0, 0, 0, 0],
    off: without(
      AUTHENTICATE,
      '? { ok: true, account }',
      '? { ok: true, account: world.accounts.values().next().value ?? account }',
    ),
  },
  {
    rule: 'the same e-mail is another profile in another account',
    async scene(open) {
      const { send, emulator } = open(SHOPS);
      for (const name of ['pk_full', 'pk_other'])
        await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }), key(name));
      return emulator.state().profiles.map(({ account, email }) => [account, email]);
    },
    seen: [
      ['SHOP01', 'ada@example.com'],
      ['SHOP02', 'ada@example.com'],
    ],
    off: without(
      AUTHENTICATE,
      '? { ok: true, account }',
      '? { ok: true, account: world.accounts.values().next().value ?? account }',
    ),
  },
  {
    rule: 'all keys of an account reach the same data',
    async scene(open) {
      const { send } = open(SHOPS);
      await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }), key('pk_full'));
      const { body } = await send('GET', PATHS.profiles, undefined, key('pk_reader'));
      return body.data?.length;
    },
    seen: 1,
    off: without(AUTHENTICATE, 'account.keys.find(', 'account.keys.slice(0, 1).find('),
  },
];

const WORDING = { code: 'not_authenticated', title: 'No.', detail: 'Not you.' };

const WORDING_RULES: Rule[] = [
  {
    rule: 'the words of a 401 can be others, where that is assumed',
    async scene(open) {
      const { send } = open({ assume: { unauthenticated: WORDING } });
      const { status, body } = await send('GET', PATHS.lists, undefined, key('pk_wrong'));
      const { code, title, detail } = body.errors[0];
      return [status, code, title, detail];
    },
    seen: [401, 'not_authenticated', 'No.', 'Not you.'],
    off: without(AUTHENTICATE, '...assume.unauthenticated', "code: 'authentication_failed', title: '', detail: ''"),
  },
  {
    rule: 'the words of a 403 can be others, where that is assumed, with the missing scopes after them',
    async scene(open) {
      const { send } = open({ ...SHOPS, assume: { forbidden: { ...WORDING, detail: 'Missing' } } });
      const { status, body } = await send('POST', PATHS.event, eventBody(), key('pk_reader'));
      const { code, title, detail } = body.errors[0];
      return [status, code, title, detail];
    },
    seen: [403, 'not_authenticated', 'No.', 'Missing: events:write.'],
    off: without(
      AUTHENTICATE,
      'permissionDenied(assume.forbidden,',
      "permissionDenied({ code: 'permission_denied', title: '', detail: '' },",
    ),
  },
  {
    rule: 'a 401 is authentication_failed unless other words are assumed',
    scene: async (open) => errorsOf(await open().send('GET', PATHS.lists, undefined, key('pk_wrong'))),
    seen: ['401 authentication_failed /data/'],
    off: without('assumptions.ts', "code: 'authentication_failed',", "code: 'not_authenticated',"),
  },
  {
    rule: 'a 403 is permission_denied unless other words are assumed',
    scene: async (open) => errorsOf(await open(SHOPS).send('POST', PATHS.event, eventBody(), key('pk_reader'))),
    seen: ['403 permission_denied /data/'],
    off: without('assumptions.ts', "code: 'permission_denied',", "code: 'forbidden',"),
  },
];

export const KEY_RULES: Rule[] = [...ACCESS_RULES, ...ACCOUNT_RULES, ...WORDING_RULES];
