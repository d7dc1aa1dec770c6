import { gzipSync } from 'node:zlib';
import type { EmulatorOptions } from '../../src/options.ts';
import { eventBody, PATHS } from '../support/bodies.ts';
import { errorsOf, HEADERS } from '../support/createTestEmulator.ts';
import { breaking } from './breaking.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

const READ = 'http/readBody.ts';
const REVISION = 'http/checkRevision.ts';
const TYPES = "['application/json', 'application/vnd.api+json']";
const OPT_OUT = { 'x-klaviyo-revision-fall-forward-opt-out': '1' };
const OLD = { revision: '2023-02-22' };

/** A rule of one call to Get Lists with these headers: what it answers, `status` or `status code source`. */
function get(
  rule: string,
  { headers, options, seen, off }: { headers: object; options?: EmulatorOptions; seen: string; off: Off },
): Rule {
  const scene: Rule['scene'] = async (open) => {
    const { emulator } = open(options);
    const given = Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== undefined);
    const request = new Request(`https://a.klaviyo.com${PATHS.lists}`, { headers: Object.fromEntries(given) });
    const reply = await emulator.fetch(request);
    const [error] = (await reply.json()).errors ?? [];
    return error ? `${error.status} ${error.code} ${error.source.parameter}` : `${reply.status}`;
  };
  return { rule, scene, seen, off };
}

/** A rule of one event sent as these bytes. */
function post(
  rule: string,
  row: { headers: object; bytes: () => Uint8Array<ArrayBuffer>; seen: unknown; off: Off },
): Rule {
  const scene: Rule['scene'] = async (open) => {
    const { emulator } = open();
    const { 'content-type': _type, ...headers } = HEADERS;
    const init = { method: 'POST', headers: { ...headers, ...row.headers }, body: row.bytes() };
    const reply = await emulator.fetch(new Request('https://a.klaviyo.com/api/events', init));
    const text = await reply.text();
    if (text === '') return [reply.status, emulator.state().events.length];
    const { code, source } = JSON.parse(text).errors[0];
    return [reply.status, `${code} ${source.pointer}`];
  };
  return { rule, scene, seen: row.seen, off: row.off };
}

const JSON_API = { 'content-type': 'application/vnd.api+json' };
const GZIP = { ...JSON_API, 'content-encoding': 'gzip' };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const event = () => bytesOf(JSON.stringify(eventBody()));
const padded = (bytes: number) => bytesOf(JSON.stringify(eventBody()).padEnd(bytes));
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

function nestedEvent(depth: number) {
  const [head = '', tail = ''] = JSON.stringify(eventBody({ properties: { deep: 'DEEP' } })).split('"DEEP"');
  return bytesOf(`${head}${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}${tail}`);
}

const BODY_RULES: Rule[] = [
  post('a body of application/json is taken', {
    headers: { 'content-type': 'application/json' },
    bytes: event,
    seen: [202, 1],
    off: without(READ, TYPES, "['application/vnd.api+json']"),
  }),
  post('a body of application/vnd.api+json is taken', {
    headers: JSON_API,
    bytes: event,
    seen: [202, 1],
    off: without(READ, TYPES, "['application/json']"),
  }),
  post('a content type may have parameters', {
    headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    bytes: event,
    seen: [202, 1],
    off: without(READ, "?.split(';')[0]"),
  }),
  post('a body of text/plain is 415', {
    headers: { 'content-type': 'text/plain' },
    bytes: event,
    seen: [415, 'unsupported_media_type /data/'],
    off: without(READ, "if (!ACCEPTED.has(type ?? ''))", 'if (false)'),
  }),
  post('a body without a content type is 415', {
    headers: {},
    bytes: event,
    seen: [415, 'unsupported_media_type /data/'],
    off: without(READ, "if (!ACCEPTED.has(type ?? ''))", 'if (type && !ACCEPTED.has(type))'),
  }),
  post('an unknown content encoding is 415', {
    headers: { ...JSON_API, 'content-encoding': 'br' },
    bytes: event,
    seen: [415, 'unsupported_media_type /data/'],
    off: without(READ, "if (encoding !== 'identity' && encoding !== 'gzip')", 'if (false)'),
  }),
  post('a gzip body is taken', {
    headers: GZIP,
    bytes: () => gzip(event()),
    seen: [202, 1],
    off: without(READ, "readBytes(request, encoding === 'gzip')", 'readBytes(request, false)'),
  }),
  post('a body of 5 MB is taken', {
    headers: JSON_API,
    bytes: () => padded(5_000_000),
    seen: [202, 1],
    off: without(READ, 'if (size > MAX_BODY_BYTES)', 'if (size >= MAX_BODY_BYTES)'),
  }),
  post('a body of more than 5 MB is 413', {
    headers: JSON_API,
    bytes: () => padded(5_000_001),
    seen: [413, 'payload_too_large /data/'],
    off: without(READ, 'if (size > MAX_BODY_BYTES)', 'if (false)'),
  }),
  post('the 5 MB count after gzip is undone', {
    headers: GZIP,
    bytes: () => gzip(padded(5_000_001)),
    seen: [413, 'payload_too_large /data/'],
    off: without(READ, 'if (size > MAX_BODY_BYTES)', 'if (!gzip && size > MAX_BODY_BYTES)'),
  }),
  post('a body that is no JSON is 400', {
    headers: JSON_API,
    bytes: () => bytesOf('{'),
    seen: [400, 'invalid /data'],
    off: breaking('SyntaxError', without(READ, '} catch {', '} catch (error) { throw error;')),
  }),
  post('a body that is no UTF-8 is 400', {
    headers: JSON_API,
    bytes: () => event().map((byte) => (byte === 'P'.charCodeAt(0) ? 0xff : byte)),
    seen: [400, 'invalid /data'],
    off: without(READ, "'utf-8', { fatal: true, ignoreBOM: false }"),
  }),
  post('no body is 400', {
    headers: JSON_API,
    bytes: () => bytesOf(''),
    seen: [400, 'invalid /data'],
    off: breaking('SyntaxError', without(READ, '} catch {', '} catch (error) { throw error;')),
  }),
  post('gzip that is none is 400', {
    headers: GZIP,
    bytes: () => bytesOf('{}'),
    seen: [400, 'invalid /data'],
    off: breaking('TypeError', without(READ, '} catch {', '} catch (error) { throw error;')),
  }),
  post('a body that is a list is 400', {
    headers: JSON_API,
    bytes: () => bytesOf('[]'),
    seen: [400, 'invalid /data'],
    off: breaking(
      'TypeError',
      without('validate/object.ts', 'if (!isObject(value)) return', 'if (!isObject(value)) return;\nif (false) return'),
    ),
  }),
  post('values nested 100,000 deep are 400, wherever they stand', {
    headers: JSON_API,
    bytes: () => nestedEvent(100_000),
    seen: [400, 'invalid /data'],
    off: without(READ, 'if (nestsDeeperThan(bytes, MAX_BODY_DEPTH))', 'if (false)'),
  }),
];

const REVISION_RULES: Rule[] = [
  get('a call without a revision is refused', {
    headers: { revision: undefined },
    seen: '400 invalid revision',
    off: without('assumptions.ts', "missingRevision: 'reject',", "missingRevision: 'newest',"),
  }),
  get('a call without a revision is answered, where that is assumed', {
    options: { assume: { missingRevision: 'newest' } },
    headers: { revision: undefined },
    seen: '200',
    off: without(REVISION, "facts.assume.missingRevision === 'reject'", 'true'),
  }),
  get('a revision that is no date is refused', {
    headers: { revision: 'banana' },
    seen: '400 invalid revision',
    off: without(REVISION, 'if (day === undefined)', 'if (false)'),
  }),
  get('an empty revision is refused', {
    headers: { revision: '' },
    seen: '400 invalid revision',
    off: without(REVISION, 'if (day === undefined)', 'if (false)'),
  }),
  get('a revision may have a suffix', {
    headers: { revision: '2026-07-15.pre' },
    seen: '200',
    off: without(REVISION, '(\\.[a-z-]+)?'),
  }),
  get('a revision newer than the newest is refused', {
    headers: { revision: '2026-07-16' },
    seen: '400 invalid revision',
    off: without(REVISION, 'if (day > Date.parse(NEWEST_REVISION))', 'if (false)'),
  }),
  get('a retired revision falls forward', {
    headers: OLD,
    seen: '200',
    off: without(
      REVISION,
      "if (!retired || headers.get('x-klaviyo-revision-fall-forward-opt-out') !== '1')",
      'if (!retired)',
    ),
  }),
  get('a retired revision is gone for callers that opted out of falling forward', {
    headers: { ...OLD, ...OPT_OUT },
    seen: '410 gone revision',
    off: without(REVISION, 'facts.nowMs - day > REVISION_LIFETIME_MS', 'false'),
  }),
  get('a revision is a day of the calendar', {
    headers: { revision: '2026-02-31' },
    seen: '400 invalid revision',
    off: without(REVISION, 'parseTime(FORMAT.exec(revision)?.[1])', "Date.parse(FORMAT.exec(revision)?.[1] ?? '')"),
  }),
  get('a revision lives two years', {
    headers: { revision: '2024-11-15', ...OPT_OUT },
    seen: '200',
    off: without(REVISION, '> REVISION_LIFETIME_MS', '> REVISION_LIFETIME_MS / 2'),
  }),
];

const PATH_RULES: Rule[] = [
  {
    rule: 'a trailing slash changes nothing',
    async scene(open) {
      const { send } = open();
      const replies = [await send('POST', '/api/events/', eventBody()), await send('GET', '/api/lists/DEMO01/')];
      return replies.map(({ status }) => status);
    },
    seen: [202, 200],
    off: without('openEmulator.ts', 'new Hono({ strict: false })', 'new Hono()'),
  },
  {
    rule: 'a path that is none is 404, in the shape of an error',
    scene: async (open) => errorsOf(await open().send('GET', '/api/nothing')),
    seen: ['404 not_found /data/'],
    off: without('http/mountApi.ts', "app.all('*',", "app.all('/other',"),
  },
  {
    rule: 'a method that a path does not have is 405 and names those it has',
    async scene(open) {
      const reply = await open().send('PATCH', PATHS.event, eventBody());
      return [errorsOf(reply), reply.headers.get('allow')];
    },
    seen: [['405 method_not_allowed /data/'], 'POST, GET'],
    off: without(
      'http/mountApi.ts',
      'app.all(path, (context) => reply(context, parts, methodNotAllowed(path)));',
      '{}',
    ),
  },
  {
    rule: 'answers and errors are application/vnd.api+json',
    async scene(open) {
      const { send } = open();
      const replies = [await send('GET', PATHS.lists), await send('GET', '/api/nothing')];
      return replies.map(({ headers }) => headers.get('content-type'));
    },
    seen: ['application/vnd.api+json', 'application/vnd.api+json'],
    off: without('http/respond.ts', "'application/vnd.api+json'", "'text/plain'"),
  },
];

export const TRANSPORT_RULES: Rule[] = [...BODY_RULES, ...REVISION_RULES, ...PATH_RULES];
