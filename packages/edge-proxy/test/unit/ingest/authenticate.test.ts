import { ConfigSchema } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { authenticate, type Credentials, readAuthorization } from '../../../src/ingest/authenticate.ts';
import type { Settings } from '../../../src/settings.ts';

const config = ConfigSchema.parse({
  sources: [
    { id: 'web', kind: 'public', writeKey: 'wk_demo', origins: ['https://shop.example'] },
    { id: 'anywhere', kind: 'public', writeKey: 'wk_anywhere', origins: ['*'] },
    { id: 'files', kind: 'public', writeKey: 'wk_files', origins: ['https://x.example'], allowNullOrigin: true },
    { id: 'backend', kind: 'server' },
  ],
});
const [web, anywhere, files, backend] = config.sources;
const settings = {
  publicSources: new Map([
    ['wk_demo', web],
    ['wk_anywhere', anywhere],
    ['wk_files', files],
  ]),
  serverSources: new Map([['sk_backend', backend]]),
} as unknown as Settings;

const basic = (text: string) => `Basic ${btoa(text)}`;
const SHOP = 'https://shop.example';

function ask(change: Partial<Credentials>, scope: 'events' | 'consent' = 'events') {
  const result = authenticate({ authorization: null, bodyKey: undefined, origin: null, ...change }, scope, settings);
  return result.ok ? result.source.id : result.code;
}

describe('a request speaks for', () => {
  it.each([
    ['the source of the write key in its body', { bodyKey: 'wk_demo', origin: SHOP }, 'web'],
    ['the source of the user name of Basic', { authorization: basic('wk_demo:'), origin: SHOP }, 'web'],
    ['the source of the user name, whatever the password', { authorization: basic('sk_backend:pw:x') }, 'backend'],
    ['the source of the Bearer token', { authorization: 'Bearer sk_backend' }, 'backend'],
    ['the source of a scheme in small letters', { authorization: 'bearer sk_backend' }, 'backend'],
    ['the source of a secret key in its body', { bodyKey: 'sk_backend' }, 'backend'],
    ['the header before the body', { authorization: 'Bearer sk_backend', bodyKey: 'wk_demo' }, 'backend'],
    ['nobody: no key', {}, 'key_missing'],
    ['nobody: an empty key', { bodyKey: '' }, 'key_missing'],
    ['nobody: a key that is no text', { bodyKey: ['wk_demo'] }, 'key_missing'],
    ['nobody: an unreadable header', { authorization: 'Basic %%%' }, 'key_missing'],
    ['nobody: another scheme', { authorization: 'Digest wk_demo' }, 'key_missing'],
    ['nobody: a key of nobody', { bodyKey: 'wk_other', origin: SHOP }, 'key_unknown'],
    ['nobody: a name that every object has', { bodyKey: 'constructor', origin: SHOP }, 'key_unknown'],
    [
      'nobody: a write key from another site',
      { bodyKey: 'wk_demo', origin: 'https://evil.example' },
      'origin_forbidden',
    ],
    [
      'nobody: an origin that only begins like ours',
      { bodyKey: 'wk_demo', origin: `${SHOP}.evil.example` },
      'origin_forbidden',
    ],
    [
      'nobody: the same host by another scheme',
      { bodyKey: 'wk_demo', origin: 'http://shop.example' },
      'origin_forbidden',
    ],
    ['nobody: a write key without an origin', { bodyKey: 'wk_demo' }, 'origin_forbidden'],
    ['nobody: the null origin where it is not allowed', { bodyKey: 'wk_demo', origin: 'null' }, 'origin_forbidden'],
    ['a source that allows the null origin', { bodyKey: 'wk_files', origin: 'null' }, 'files'],
    ['a source that takes every origin', { bodyKey: 'wk_anywhere', origin: 'https://any.example' }, 'anywhere'],
    ['a source that takes every origin, also without one', { bodyKey: 'wk_anywhere' }, 'anywhere'],
  ])('%s', (_title, credentials, expected) => {
    expect(ask(credentials)).toBe(expected);
  });

  it('no more than its scopes allow', () => {
    expect(ask({ bodyKey: 'sk_backend' }, 'consent')).toBe('key_scope');
  });

  it.each([null, '', 'Bearer', 'Bearer ', 'Basic', basic('')])('no key in the header %j', (header) => {
    expect(readAuthorization(header) || undefined).toBe(undefined);
  });
});
