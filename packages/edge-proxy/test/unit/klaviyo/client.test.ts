import { describe, expect, it } from 'vitest';
import { startTimer } from '../../../src/deliver/Ground.ts';
import { createKlaviyoClient, type KlaviyoRequest } from '../../../src/klaviyo/client.ts';

const now = Date.UTC(2026, 10, 1, 12);
const write: KlaviyoRequest = { operation: 'bulk_create_events', body: '{"data":1}' };

async function call(answer: Response | Error, request: KlaviyoRequest = write, baseUrl = 'https://klaviyo.test') {
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = createKlaviyoClient({
    baseUrl,
    apiKey: 'pk_secret',
    revision: '2026-07-15',
    timeoutMs: 1000,
    fetch,
    now: () => now,
    timer: startTimer,
  });
  return { answer: await client(request), sent: sent[0] };
}

describe('a call to Klaviyo', () => {
  it('names key, revision, media type and who calls', async () => {
    const { sent } = await call(new Response(null, { status: 202 }));
    const headers = new Headers(sent?.init?.headers);
    const names = ['authorization', 'revision', 'content-type', 'x-klaviyo-revision-fall-forward-opt-out'];
    expect([sent?.url, sent?.init?.method, sent?.init?.body, names.map((name) => headers.get(name))]).toEqual([
      'https://klaviyo.test/api/event-bulk-create-jobs',
      'POST',
      '{"data":1}',
      ['Klaviyo-API-Key pk_secret', '2026-07-15', 'application/vnd.api+json', '1'],
    ]);
    expect(headers.get('user-agent')).toMatch(/^sluice\//);
  });

  it('puts ids and cursors into the address so that they cannot leave their place', async () => {
    const request: KlaviyoRequest = {
      operation: 'get_errors_for_bulk_import_profiles_job',
      id: '../x?y',
      query: { 'page[cursor]': 'a&b=c' },
    };
    const { sent } = await call(Response.json({}), request, 'https://klaviyo.test/');
    expect(sent?.url).toBe(
      'https://klaviyo.test/api/profile-bulk-import-jobs/..%2Fx%3Fy/import-errors?page%5Bcursor%5D=a%26b%3Dc',
    );
  });

  it('does not follow redirects, which would take the key along', async () => {
    const { answer, sent } = await call(
      new Response(null, { status: 302, headers: { location: 'https://other.test' } }),
    );
    expect([sent?.init?.redirect, answer]).toMatchObject(['manual', { kind: 'response', status: 302 }]);
  });
});

describe('what came back', () => {
  it('is read with its errors and its pause', async () => {
    const headers = { 'retry-after': '5' };
    const error = {
      id: '1',
      status: 400,
      code: 'invalid',
      title: 'Invalid',
      detail: 'No.',
      source: { pointer: '/data' },
    };
    const { answer } = await call(Response.json({ errors: [error, null, 'x'] }, { status: 400, headers }));
    expect(answer).toMatchObject({
      kind: 'response',
      status: 400,
      errors: [{ code: 'invalid', title: 'Invalid', detail: 'No.', pointer: '/data' }],
      retryAfterMs: 5000,
    });
  });

  it.each([
    [
      'a page of the CDN',
      new Response('<html>', { status: 403 }),
      { kind: 'response', json: undefined, errors: undefined },
    ],
    [
      'JSON cut off',
      new Response('{"errors":[{"co', { status: 400 }),
      { kind: 'response', json: undefined, errors: undefined },
    ],
    [
      'JSON of another shape',
      Response.json({ errors: 'no' }, { status: 400 }),
      { kind: 'response', errors: undefined },
    ],
    ['a broken connection', new TypeError('reset'), { kind: 'no_answer', why: 'network' }],
  ])('is never thrown: %s', async (_title, response, expected) => {
    expect((await call(response)).answer).toMatchObject(expected);
  });

  it('ends when there was nothing in time', async () => {
    const done = Promise.withResolvers<void>();
    const client = createKlaviyoClient({
      baseUrl: 'https://klaviyo.test',
      apiKey: 'pk_secret',
      revision: '2026-07-15',
      timeoutMs: 1000,
      fetch: (_url, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      now: () => now,
      timer: () => ({ done: done.promise, cancel() {} }),
    });
    const answer = client(write);
    done.resolve();
    expect(await answer).toEqual({ kind: 'no_answer', why: 'timeout' });
  });

  it('counts as no answer when its body breaks off', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new TypeError('cut')) });
    expect((await call(new Response(body, { status: 202 }))).answer).toEqual({ kind: 'no_answer', why: 'network' });
  });
});
