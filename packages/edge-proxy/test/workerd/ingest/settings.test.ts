import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import worker from '../../../src/index.ts';
import { type PostOptions, send } from '../support/post.ts';
import { ORIGIN } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

const get = (path: string, options: PostOptions = {}) => send(path, undefined, { method: 'GET', ...options });

describe('the settings of a source', () => {
  it.each([
    ['under the path that Segment’s SDKs ask their CDN for', '/v1/projects/wk_demo/settings', {}],
    ['by the write key in the query', '/v1/settings?writeKey=wk_demo', {}],
    [
      'by the write key as Basic user name',
      '/v1/settings',
      { headers: { authorization: `Basic ${btoa('wk_demo:')}` } },
    ],
  ])('point an SDK back at this proxy: %s', async (_title, path, options) => {
    openWorld();
    const { status, headers, text } = await get(path, options);
    expect([status, JSON.parse(text), headers.get('access-control-allow-origin')]).toEqual([
      200,
      {
        consentMode: 'opt-in',
        requiredCategories: ['marketing'],
        integrations: { 'Segment.io': { apiKey: 'wk_demo', apiHost: 'edge.example/v1', protocol: 'https' } },
        plan: {},
        metrics: { sampleRate: 0 },
      },
      ORIGIN,
    ]);
  });

  it('say what an undecided visitor means where they are, as the door has it', async () => {
    openWorld();
    const ask = async (country: string | undefined, writeKey = 'wk_demo') => {
      const request = new Request(`https://edge.example/v1/settings?writeKey=${writeKey}`, {
        cf: { country } as IncomingRequestCfProperties,
      });
      const answer = await worker.fetch?.(request as never, env, createExecutionContext());
      const settings = (await answer?.json()) as { consentMode: string } | undefined;
      return [settings?.consentMode, answer?.headers.get('cache-control')];
    };
    expect({
      vienna: await ask('AT'),
      virginia: await ask('US'),
      tokyo: await ask('JP'),
      tor: await ask('T1'),
      nowhere: await ask(undefined),
      relaxed: await ask('AT', 'wk_relaxed'),
    }).toEqual({
      vienna: ['opt-in', 'private, max-age=300'],
      virginia: ['opt-out', 'private, max-age=300'],
      tokyo: ['opt-in', 'private, max-age=300'],
      tor: ['opt-in', 'private, max-age=300'],
      nowhere: ['opt-in', 'private, max-age=300'],
      relaxed: ['opt-out', 'private, max-age=300'],
    });
  });

  it.each([
    ['of no key', '/v1/settings', [401, 'key_missing']],
    ['of a key of nobody', '/v1/projects/wk_none/settings', [401, 'key_unknown']],
    ['of a name that every object has', '/v1/projects/constructor/settings', [401, 'key_unknown']],
    // A secret key has no business in an address, and learns nothing there.
    ['of a secret key', '/v1/projects/sk_backend/settings', [401, 'key_unknown']],
  ])('are not there %s', async (_title, path, expected) => {
    openWorld();
    const { status, json } = await get(path);
    expect([status, json.error?.code]).toEqual(expected);
  });
});
