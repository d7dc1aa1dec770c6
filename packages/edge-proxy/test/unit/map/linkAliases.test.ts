import { parseConfig } from '@sluice/shared';
import { expect, it } from 'vitest';
import { linkAliases } from '../../../src/map/linkAliases.ts';
import { linkIdentities } from '../../../src/map/linkIdentities.ts';
import { accept } from './support/accept.ts';
import { receivedAtMs } from './support/settings.ts';

const sources = [{ id: 'backend', kind: 'server' }];

function link(message: object, trusted: boolean, identity: object = {}) {
  const parsed = parseConfig({ sources, identity });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const events = [accept({ type: 'alias', messageId: 'msg-1', ...message })];
  const body = { v: 1, kind: 'events', account: 'main', source: 'any', trusted, receivedAtMs, events } as const;
  return { aliases: linkAliases(body, parsed.config), links: linkIdentities(body, parsed.config) };
}

it('an alias gives a previous id to a user: by address from anybody, by user id on a server’s word', () => {
  const byAddress = { previousId: 'anon-1', userId: ' Ada@Example.com' };
  const byId = { previousId: 'anon-1', userId: 'user-5' };
  const aliases = (message: object, trusted: boolean, identity?: object) => link(message, trusted, identity).aliases;
  expect([
    aliases(byAddress, false),
    aliases(byAddress, true),
    aliases(byId, true),
    aliases(byId, false),
    aliases(byAddress, false, { publicTraits: ['firstName'] }),
    aliases({ ...byAddress, previousId: 'bea@example.com' }, true),
    aliases({ previousId: 'anon-1', anonymousId: 'anon-2' }, true),
  ]).toEqual([
    [{ id: 'anon-1', email: 'ada@example.com', user: null }],
    [{ id: 'anon-1', email: 'ada@example.com', user: null }],
    [{ id: 'anon-1', email: null, user: 'user-5' }],
    [],
    [],
    [],
    [],
  ]);
});

it('an alias says nothing of the visitor who sends it', () => {
  const context = { traits: { email: 'ada@example.com' } };
  const sender = { anonymousId: 'anon-2', previousId: 'anon-1', userId: 'bea@example.com', context };
  expect(link(sender, true)).toEqual({
    links: [],
    aliases: [{ id: 'anon-1', email: 'bea@example.com', user: null }],
  });
});
