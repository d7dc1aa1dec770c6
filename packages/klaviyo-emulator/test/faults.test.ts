import { describe, expect, test } from 'vitest';
import type { Fault } from '../src/control/faults.ts';
import { eventBody, listBody, PATHS } from './support/bodies.ts';
import { createTestEmulator, HEADERS } from './support/createTestEmulator.ts';

const REQUESTS = 200;

async function statusesOf(fault: Fault, options: { seed?: string } = {}): Promise<number[]> {
  const { send, emulator } = createTestEmulator(options);
  emulator.faults.replace([fault]);
  const statuses = [];
  for (let sent = 0; sent < REQUESTS; sent++) statuses.push((await send('GET', PATHS.lists)).status);
  return statuses;
}

const nameOf = (error: Error) => error.name;
const hitsIn = (statuses: readonly number[]) => statuses.filter((status) => status !== 200).length;

/** `pending` while a promise has neither an answer nor an error. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  const settled = promise.then(
    () => 'answered',
    (error) => error.name,
  );
  return Promise.race([settled, new Promise<string>((resolve) => setImmediate(() => resolve('pending')))]);
}

describe('a fault with a probability', () => {
  test('hits the same requests for the same seed, and others for another', async () => {
    const fault = { status: 503, probability: 0.5 };
    const [first, again, other] = [
      await statusesOf(fault, { seed: 'a' }),
      await statusesOf(fault, { seed: 'a' }),
      await statusesOf(fault, { seed: 'b' }),
    ];
    expect([first.join() === again.join(), first.join() === other.join()]).toEqual([true, false]);
  });

  test.each([0, 0.1, 0.5, 0.9, 1])('of %d hits about that share of requests', async (probability) => {
    const share = hitsIn(await statusesOf({ probability })) / REQUESTS;
    expect(Math.abs(share - probability)).toBeLessThan(0.08);
  });

  test('starts its draws anew when the faults are replaced', async () => {
    const { send, emulator } = createTestEmulator();
    const runs = [];
    for (let run = 0; run < 2; run++) {
      emulator.faults.replace([{ probability: 0.5 }]);
      const statuses = [];
      for (let sent = 0; sent < 20; sent++) statuses.push((await send('GET', PATHS.lists)).status);
      runs.push(statuses);
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  test('and a count hits at most that often', async () => {
    const statuses = await statusesOf({ probability: 0.5, count: 3 });
    expect([hitsIn(statuses), statuses.slice(0, 3).every((status) => status === 500)]).toEqual([3, false]);
  });

  test('leaves what it does not hit to the next fault', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([
      { status: 503, probability: 0 },
      { status: 429, count: -1 },
    ]);
    expect((await send('GET', PATHS.lists)).status).toBe(429);
  });
});

describe('a fault with skip', () => {
  test('leaves the requests that it lets pass to the next fault', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([
      { skip: 2, status: 503 },
      { skip: 1, status: 429 },
    ]);
    const statuses = [];
    for (let sent = 0; sent < 4; sent++) statuses.push((await send('GET', PATHS.lists)).status);
    expect(statuses).toEqual([200, 429, 503, 200]);
  });
});

describe('a fault with status 429', () => {
  test.each([{}, { body: { errors: [] } }, { html: true }])('and %o says when to come back', async (rest) => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ status: 429, ...rest }]);
    expect((await send('GET', PATHS.lists)).headers.get('retry-after')).toBe('1');
  });
});

describe('a fault with truncate', () => {
  const open = async (fault: Fault) => {
    const { emulator } = createTestEmulator();
    const request = () => new Request(`https://a.klaviyo.com${PATHS.lists}`, { headers: HEADERS });
    const whole = await (await emulator.fetch(request())).text();
    emulator.faults.replace([fault]);
    return { whole, response: await emulator.fetch(request()) };
  };

  test('cuts the real answer: all of its length is announced, half of it arrives, and then the body fails', async () => {
    const { whole, response } = await open({ truncate: true });
    let arrived = '';
    const decoder = new TextDecoder();
    const read = async () => {
      for await (const part of response.body ?? []) arrived += decoder.decode(part);
    };
    const end = await read().catch(nameOf);
    expect([response.status, Number(response.headers.get('content-length')), arrived, end]).toEqual([
      200,
      whole.length,
      whole.slice(0, Math.floor(whole.length / 2)),
      'ConnectionClosed',
    ]);
  });

  test('and a status cuts the answer of the fault', async () => {
    const { response } = await open({ truncate: true, status: 503 });
    expect([response.status, await response.json().catch(nameOf)]).toEqual([503, 'ConnectionClosed']);
  });

  test('lets the request take effect, unless it has a status of its own', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ truncate: true }, { truncate: true, status: 500 }, { truncate: true, after: true }]);
    const outcomes = [];
    for (const name of ['first', 'second', 'third'])
      outcomes.push(await send('POST', PATHS.lists, listBody(name)).catch(nameOf));
    expect([outcomes, emulator.state().lists.map(({ name }) => name)]).toEqual([
      ['ConnectionClosed', 'ConnectionClosed', 'ConnectionClosed'],
      ['Newsletter', 'first', 'third'],
    ]);
  });

  test('breaks the connection where the answer has no body to cut', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ truncate: true }]);
    const outcome = await send('POST', PATHS.event, eventBody()).catch(nameOf);
    expect([outcome, emulator.state().events.length]).toEqual(['ConnectionClosed', 1]);
  });
});

describe('a fault with hang', () => {
  const open = (fault: Fault = { hang: true }) => {
    const { emulator } = createTestEmulator();
    emulator.faults.replace([fault]);
    const body = JSON.stringify(eventBody());
    const send = (init: RequestInit = {}) =>
      emulator.fetch(
        new Request(`https://a.klaviyo.com${PATHS.event}`, { method: 'POST', headers: HEADERS, body, ...init }),
      );
    return { emulator, send };
  };

  test('never answers, and has no effect', async () => {
    const { emulator, send } = open();
    const sent = send();
    emulator.clock.advance(3_600_000);
    expect([await stateOf(sent), emulator.state().events, emulator.requests().length]).toEqual(['pending', [], 1]);
  });

  test('and after takes effect first', async () => {
    const { emulator, send } = open({ hang: true, after: true });
    expect([await stateOf(send()), emulator.state().events.length]).toEqual(['pending', 1]);
  });

  test('ends when the request is aborted, with its reason', async () => {
    const { send } = open();
    const control = new AbortController();
    const sent = send({ signal: control.signal });
    control.abort();
    await expect(sent).rejects.toThrow(control.signal.reason);
  });

  test('ends when the request was aborted before it came', async () => {
    const { send } = open();
    expect(await stateOf(send({ signal: AbortSignal.abort() }))).toBe('AbortError');
  });

  test.each([
    ['the faults are replaced', (emulator: ReturnType<typeof open>['emulator']) => emulator.faults.replace([])],
    ['the emulator is reset', (emulator: ReturnType<typeof open>['emulator']) => emulator.reset()],
  ])('ends as a broken connection when %s', async (_title, end) => {
    const { emulator, send } = open();
    const sent = send();
    end(emulator);
    await expect(sent).rejects.toThrow('The connection was closed by a planned fault.');
  });
});

describe('a fault with delayMs', () => {
  test('ends with an aborted request, which takes effect all the same', async () => {
    const { emulator } = createTestEmulator();
    emulator.faults.replace([{ delayMs: 3_600_000 }]);
    const control = new AbortController();
    const body = JSON.stringify(eventBody());
    const init = { method: 'POST', headers: HEADERS, body, signal: control.signal };
    const sent = emulator.fetch(new Request(`https://a.klaviyo.com${PATHS.event}`, init));
    control.abort();
    expect([await sent.catch(nameOf), emulator.state().events.length]).toEqual(['AbortError', 1]);
  });
});

describe('faults', () => {
  test('as a storm of 429 say Retry-After and nothing of the window', async () => {
    const { send, emulator } = createTestEmulator({ limits: {} });
    emulator.faults.replace([{ status: 429, count: 2, retryAfterSeconds: 7 }]);
    const replies = [await send('GET', PATHS.lists), await send('GET', PATHS.lists), await send('GET', PATHS.lists)];
    const seen = replies.map(({ status, headers, body }) => [
      status,
      headers.get('retry-after'),
      headers.has('ratelimit-limit') || headers.has('ratelimit-remaining') || headers.has('ratelimit-reset'),
      body.errors?.[0]?.code,
    ]);
    expect(seen).toEqual([
      [429, '7', false, 'throttled'],
      [429, '7', false, 'throttled'],
      [200, null, true, undefined],
    ]);
  });

  test('may name several operations', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ operation: ['create_event', 'create_list'], count: -1 }]);
    const replies = [
      await send('POST', PATHS.event, eventBody()),
      await send('POST', PATHS.lists, listBody('new')),
      await send('GET', PATHS.lists),
    ];
    expect(replies.map(({ status }) => status)).toEqual([500, 500, 200]);
  });

  test('hit before the key is looked at', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ status: 503 }]);
    const anonymous = { authorization: 'none' };
    const replies = [
      await send('GET', PATHS.lists, undefined, anonymous),
      await send('GET', PATHS.lists, undefined, anonymous),
    ];
    expect(replies.map(({ status }) => status)).toEqual([503, 401]);
  });

  test.each<[unknown, string]>([
    [{ probability: 1.1 }, "'probability' of a fault takes a number from 0 to 1."],
    [{ probability: -0.1 }, "'probability' of a fault takes a number from 0 to 1."],
    [
      { operation: 'create_evnet' },
      "'operation' of a fault takes a known operation id such as 'create_event', or a list of them.",
    ],
    [
      { operation: ['create_event', 'toString'] },
      "'operation' of a fault takes a known operation id such as 'create_event', or a list of them.",
    ],
    [{ operation: [] }, "'operation' of a fault takes a known operation id such as 'create_event', or a list of them."],
    [{ status: 204 }, "'status' of a fault takes a status from 200 to 599 that has a body."],
    [{ status: 99 }, "'status' of a fault takes a status from 200 to 599 that has a body."],
    [{ count: 0 }, "'count' of a fault takes a whole number of 1 or more, or -1."],
    [{ skip: -1 }, "'skip' of a fault takes a whole number of 0 or more."],
    [{ delayMs: -1 }, "'delayMs' of a fault takes milliseconds from 0 to 2147483647."],
    [{ delayMs: 2 ** 31 }, "'delayMs' of a fault takes milliseconds from 0 to 2147483647."],
    [{ hang: 'yes' }, "'hang' of a fault takes true or false."],
    [{ constructor: 1 }, "'constructor' is not a field of a fault."],
    [{ hang: true, status: 503 }, "'hang' of a fault leaves no room for 'status'."],
    [{ hang: true, close: true }, "'hang' of a fault leaves no room for 'close'."],
    [{ close: true, truncate: true }, "'close' of a fault leaves no room for 'truncate'."],
    [{ html: true, body: {} }, "'html' of a fault leaves no room for 'body'."],
  ])('%j is refused with the reason, over HTTP and in process', async (fault, error) => {
    const { send, emulator } = createTestEmulator();
    const { status, body } = await send('POST', '/__emulator/faults', fault);
    // The compiler refuses most of these; a caller without types must hear of them too.
    expect(() => emulator.faults.replace([fault as Fault])).toThrow(error);
    expect([status, body.error]).toEqual([400, error]);
  });

  test('that are refused leave the earlier ones in place', async () => {
    const { send } = createTestEmulator();
    await send('POST', '/__emulator/faults', { status: 503 });
    await send('POST', '/__emulator/faults', [{ status: 500 }, { probability: 2 }]);
    expect((await send('GET', '/__emulator/faults')).body).toEqual([{ status: 503 }]);
  });
});

describe('the request log', () => {
  test('says what a call left of the minute, and nothing where no limit was asked', async () => {
    const limits = { operations: { get_lists: { burstPerSecond: 2, steadyPerMinute: 3 } } };
    const { send, emulator } = createTestEmulator({ limits });
    const remaining = async () => {
      const { headers } = await send('GET', PATHS.lists);
      const { rateLimit } = emulator.requests().at(-1) ?? {};
      return [headers.get('ratelimit-remaining'), rateLimit?.remaining, rateLimit?.limit];
    };
    const seen = [await remaining(), await remaining(), await remaining()];
    await send('GET', PATHS.lists, undefined, { authorization: 'none' });
    emulator.faults.replace([{ status: 429 }]);
    await send('GET', PATHS.lists);
    const unasked = emulator
      .requests()
      .slice(-2)
      .map(({ rateLimit }) => rateLimit);
    expect([seen, unasked]).toEqual([
      [
        ['2', 2, 3],
        ['1', 1, 3],
        [null, 1, 3],
      ],
      [null, null],
    ]);
  });
});
