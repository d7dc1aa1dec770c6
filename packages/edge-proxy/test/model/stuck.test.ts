import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventItem, memberItem, profileItem, subscribeItem, unsubscribeItem } from '../unit/deliver/support/items.ts';
import { Simulation, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const IMPORTS = '/api/profile-bulk-import-jobs';
const at = { receivedAtMs: START_MS, timeMs: START_MS };
const who = (name: string) => ({ email: `${name}@shop.test` });
const problem = (status: number, { headers = {}, pointer }: { headers?: object; pointer?: string } = {}) =>
  Response.json(
    { errors: [{ id: 'x', code: 'invalid', title: '', detail: '', ...(pointer && { source: { pointer } }) }] },
    { status, headers: { ...headers } },
  );
const importJob = (attributes: object) =>
  Response.json({ data: { type: 'profile-bulk-import-job', id: 'J', attributes } });
const begun = () => Response.json({ data: { type: 'profile-bulk-import-job', id: 'J' } }, { status: 202 });
const errorPage = (data: object[], next: string | null = null) => Response.json({ data, links: { next } });

const names = ({ klaviyo }: Simulation) =>
  Object.fromEntries(klaviyo.state().profiles.map(({ email, attributes }) => [email, attributes.first_name]));
const sentTo = ({ network }: Simulation, part: string) => network.calls.filter(({ path }) => path.includes(part));

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

describe('what a firewall or a bug of Klaviyo’s stumbles over', () => {
  it.each([
    ['a challenge', () => new Response('<html>', { status: 403 })],
    ['an error', () => problem(500)],
  ])('is answered with %s: it dies alone, and holds up neither its neighbours nor the lane', async (_title, answer) => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    network.answerInstead = (_path, { body }) => (String(body).includes('<script>') ? answer() : undefined);
    const visit = async (id: string, change: object) => {
      simulation.accept([eventItem(id, { ...at, receivedAtMs: time.nowMs, who: who(id), ...change })]);
      await simulation.pass(100);
    };
    for (let n = 0; n < 6; n++) {
      await visit(`bad${n}`, { properties: { q: '<script>' } });
      await visit(`neighbour${n}`, {});
      await simulation.pass(30 * SECOND_MS);
    }
    await visit('good', {});
    await simulation.pass(MINUTE_MS);
    const soon = simulation.klaviyo.state().events.map(({ unique_id }) => unique_id);
    await simulation.pass(3 * HOUR_MS);
    expect([soon.includes('good'), tally(simulation)]).toEqual([true, { events: { delivered: 7, dead: 6 } }]);
  });

  it('waits with all others while Klaviyo takes nothing', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = () => problem(500);
    simulation.accept(Array.from({ length: 50 }, (_, n) => eventItem(`e${n}`, { ...at, who: who(`p${n}`) })));
    await simulation.pass(48 * HOUR_MS);
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(HOUR_MS);
    expect([tally(simulation), sentTo(simulation, 'event-bulk').length]).toEqual([{ events: { delivered: 50 } }, 1]);
  });
});

describe('an import that nobody can ask after', () => {
  it.each([
    [
      'whose errors are not there',
      (path: string) =>
        path.endsWith('/import-errors') ? problem(404) : importJob({ status: 'complete', failed_count: 1 }),
    ],
    ['that Klaviyo refuses to speak of', () => problem(400)],
    ['that is never done', () => importJob({ status: 'processing' })],
  ])('%s is sent again, and then makes room for the others', async (_title, answer) => {
    const simulation = new Simulation();
    simulation.network.answerInstead = (path) =>
      path === IMPORTS ? begun() : path.startsWith(`${IMPORTS}/J`) ? answer(path) : undefined;
    simulation.accept([profileItem('p', at)]);
    await simulation.pass(10 * MINUTE_MS);
    // New imports are well, that one stays as it is.
    simulation.network.answerInstead = (path) => (path.startsWith(`${IMPORTS}/J`) ? answer(path) : undefined);
    simulation.accept([profileItem('q', { ...at, who: who('q') })]);
    await simulation.pass(8 * HOUR_MS);
    expect(names(simulation)).toMatchObject({ 'q@shop.test': 'q' });
  });

  it('is read on where the next page has no host', async () => {
    const simulation = new Simulation();
    const row = { attributes: { code: 'invalid', source: { pointer: '/data/attributes/profiles/data/0' } } };
    let pages = 0;
    simulation.network.answerInstead = (path) => {
      if (path === IMPORTS) return begun();
      if (!path.startsWith(`${IMPORTS}/J`)) return undefined;
      if (!path.endsWith('/import-errors')) return importJob({ status: 'complete', failed_count: 1 });
      return pages++ === 0 ? errorPage([], '/api/x?page[cursor]=a') : errorPage([row]);
    };
    simulation.accept([profileItem('p', at), profileItem('q', { ...at, who: who('q') })]);
    await simulation.pass(5 * MINUTE_MS);
    expect(tally(simulation)).toEqual({ profiles: { delivered: 1, dead: 1 } });
  });

  it('does not count as delivered what failed without a word', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = (path) => {
      if (path === IMPORTS) return begun();
      if (!path.startsWith(`${IMPORTS}/J`)) return undefined;
      return path.endsWith('/import-errors') ? errorPage([]) : importJob({ status: 'complete', failed_count: 1 });
    };
    simulation.accept([profileItem('p', at), profileItem('q', { ...at, who: who('q') })]);
    await simulation.pass(HOUR_MS);
    expect(tally(simulation)).toEqual({ profiles: { dead: 2 } });
  });
});

describe('Klaviyo’s pauses', () => {
  it.each(['4102444800', '1e300', 'Fri, 31 Dec 2099 23:59:59 GMT'])(
    'end within an hour, also with Retry-After: %s',
    async (wait) => {
      const simulation = new Simulation();
      const answers = [problem(429, { headers: { 'retry-after': wait } })];
      simulation.network.answerInstead = () => answers.shift();
      simulation.accept([eventItem('a', at)]);
      await simulation.pass(HOUR_MS + MINUTE_MS);
      expect(tally(simulation)).toEqual({ events: { delivered: 1 } });
    },
  );

  it('hold for every call of the operation, also for those of jobs that are on their way', async () => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    const asked: number[] = [];
    network.answerInstead = (path) => {
      if (path === IMPORTS) return begun();
      if (!path.startsWith(`${IMPORTS}/J`)) return undefined;
      if (!path.endsWith('/import-errors')) return importJob({ status: 'complete', failed_count: 1 });
      asked.push(time.nowMs);
      return problem(429, { headers: { 'retry-after': '30' } });
    };
    simulation.accept([profileItem('p', at), memberItem('m', at)]);
    await simulation.pass(5 * MINUTE_MS);
    // Both jobs may ask at once.
    const gaps = asked.slice(1).map((ms, n) => ms - (asked[n] ?? 0));
    const closed = Object.keys(simulation.figures().stops);
    expect([asked.length > 3, gaps.filter((ms) => ms > 0 && ms < 30 * SECOND_MS), closed]).toEqual([
      true,
      [],
      ['get_errors_for_bulk_import_profiles_job'],
    ]);
  });
});

it.each([
  ['together with it', 0],
  ['right after it', 10],
  ['once it had its only try', 5000],
])('an order that Klaviyo refuses of its first report goes with its second, which came %s', async (_title, laterMs) => {
  const simulation = new Simulation();
  const order = (id: string, email: string) =>
    eventItem(id, {
      ...at,
      id: `${id}#Placed Order`,
      who: { email },
      metric: 'Placed Order',
      kind: 'Placed Order',
      uniqueId: '1001',
      urgent: true,
    });
  simulation.accept([order('page', 'no address'), ...(laterMs === 0 ? [order('server', 'ada@shop.test')] : [])]);
  await simulation.pass(laterMs);
  if (laterMs > 0) simulation.accept([order('server', 'ada@shop.test')]);
  await simulation.pass(HOUR_MS);
  const events = simulation.klaviyo.state().events.map(({ metric, unique_id }) => [metric, unique_id]);
  expect([events, tally(simulation)]).toEqual([[['Placed Order', '1001']], { events: { delivered: 1, dead: 1 } }]);
});

it('a success that is not Klaviyo’s delivers nothing', async () => {
  const simulation = new Simulation();
  simulation.network.answerInstead = () => new Response('<html>Welcome', { status: 200 });
  simulation.accept([eventItem('e', at), profileItem('p', at)]);
  await simulation.pass(10 * MINUTE_MS);
  const waiting = tally(simulation);
  simulation.network.answerInstead = () => undefined;
  await simulation.pass(HOUR_MS);
  expect([waiting, tally(simulation)]).toEqual([
    { events: { waiting: 1 }, profiles: { waiting: 1 } },
    { events: { delivered: 1 }, profiles: { delivered: 1 } },
  ]);
});

describe('the newer value stays', () => {
  it('when the queue brings somebody’s old message together with it', async () => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    network.answerInstead = (path, { method }) =>
      path.startsWith(`${IMPORTS}/`) && method === 'GET' ? importJob({ status: 'processing' }) : undefined;
    simulation.accept([profileItem('first', { ...at, who: who('zoe') })]);
    await simulation.pass(10 * SECOND_MS);
    simulation.accept([profileItem('OLD', { ...at, receivedAtMs: time.nowMs })]);
    await simulation.pass(10 * SECOND_MS);
    simulation.accept([
      profileItem('late', { ...at, receivedAtMs: START_MS - SECOND_MS, who: who('bob') }),
      profileItem('NEW', { ...at, receivedAtMs: time.nowMs }),
    ]);
    await simulation.pass(10 * SECOND_MS);
    network.answerInstead = () => undefined;
    await simulation.pass(5 * MINUTE_MS);
    expect(names(simulation)['ada@example.com']).toBe('NEW');
  });

  it('when a bad neighbour of the old one died meanwhile', async () => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    network.answerInstead = (path) => (path === IMPORTS ? problem(503) : undefined);
    simulation.accept([
      profileItem('bad', { ...at, who: { email: 'no address' } }),
      profileItem('OLD', { ...at, receivedAtMs: START_MS + 9 * SECOND_MS }),
    ]);
    await simulation.pass(10 * SECOND_MS);
    simulation.accept([
      profileItem('x', { ...at, receivedAtMs: START_MS + 5 * SECOND_MS, who: who('bob') }),
      profileItem('NEW', { ...at, receivedAtMs: time.nowMs }),
    ]);
    await simulation.pass(10 * SECOND_MS);
    network.answerInstead = () => undefined;
    await simulation.pass(30 * MINUTE_MS);
    expect(names(simulation)['ada@example.com']).toBe('NEW');
  });

  it('when the old one has to go alone and fails for a while', async () => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    const conflicts = [problem(409, { pointer: '/data/attributes/profiles/data/0' })];
    network.answerInstead = (path) => {
      if (path === '/api/profile-import') return problem(503);
      return path === IMPORTS ? conflicts.shift() : undefined;
    };
    simulation.accept([profileItem('OLD', at)]);
    await simulation.pass(10 * SECOND_MS);
    simulation.accept([profileItem('NEW', { ...at, receivedAtMs: time.nowMs })]);
    await simulation.pass(MINUTE_MS);
    network.answerInstead = () => undefined;
    await simulation.pass(30 * MINUTE_MS);
    expect([names(simulation)['ada@example.com'], tally(simulation)]).toEqual([
      'NEW',
      { profile: { delivered: 1 }, profiles: { delivered: 1 } },
    ]);
  });

  it('who was taken off a list last is not on it, whoever’s old message came along', async () => {
    const simulation = new Simulation();
    const { network, time } = simulation;
    network.answerInstead = (path) => (path === IMPORTS ? problem(503) : undefined);
    simulation.accept([memberItem('a', { ...at, receivedAtMs: START_MS + 8 * SECOND_MS })]);
    await simulation.pass(10 * SECOND_MS);
    simulation.accept([
      memberItem('b', { ...at, action: 'remove', who: who('bob') }),
      memberItem('c', { ...at, action: 'remove', receivedAtMs: time.nowMs }),
    ]);
    await simulation.pass(10 * SECOND_MS);
    network.answerInstead = () => undefined;
    await simulation.pass(30 * MINUTE_MS);
    expect(simulation.klaviyo.state().lists.flatMap(({ members }) => members)).toEqual([]);
  });
});

describe('an opt-out is sent within two seconds', () => {
  const waitOf = async (simulation: Simulation) => {
    const { time } = simulation;
    const acceptedMs = time.nowMs;
    simulation.accept([unsubscribeItem('u', { ...at, who: who('u') })]);
    await simulation.pass(10 * MINUTE_MS);
    return (sentTo(simulation, 'bulk-delete')[0]?.atMs ?? Number.POSITIVE_INFINITY) - acceptedMs <= 2 * SECOND_MS;
  };

  it('while the database takes half a minute to say whether others may be sent', async () => {
    const simulation = new Simulation();
    simulation.databaseMs = 30 * SECOND_MS;
    simulation.accept([eventItem('e', { ...at, urgent: true })]);
    await simulation.pass(SECOND_MS);
    expect([await waitOf(simulation), tally(simulation).events]).toEqual([true, { delivered: 1 }]);
  });

  it('while a sign-up hangs', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps = ['hang'];
    simulation.accept([subscribeItem('s', at)]);
    await simulation.pass(SECOND_MS);
    expect(await waitOf(simulation)).toBe(true);
  });

  it('while a long list of failed rows is read, page by page', async () => {
    const simulation = new Simulation();
    const { network } = simulation;
    network.latencyMs = () => SECOND_MS;
    let page = 0;
    network.answerInstead = (path) => {
      if (path === IMPORTS) return begun();
      if (!path.startsWith(`${IMPORTS}/J`)) return undefined;
      if (!path.endsWith('/import-errors')) return importJob({ status: 'complete', failed_count: 60 });
      const pointer = `/data/attributes/profiles/data/${page++}/attributes/email`;
      return errorPage(
        [{ attributes: { code: 'invalid', source: { pointer } } }],
        page < 60 ? `/x?page[cursor]=${page}` : null,
      );
    };
    simulation.accept(Array.from({ length: 60 }, (_, n) => profileItem(`p${n}`, { ...at, who: who(`p${n}`) })));
    await simulation.pass(50 * SECOND_MS);
    expect([page > 1 && page < 60, await waitOf(simulation), tally(simulation).profiles]).toEqual([
      true,
      true,
      { dead: 60 },
    ]);
  });
});

it('the age of the backlog counts what the queue held back, in the inbox as in jobs', async () => {
  const simulation = new Simulation();
  const { time, network } = simulation;
  await simulation.pass(40 * MINUTE_MS);
  network.answerInstead = () => problem(503);
  simulation.accept([eventItem('e', at)]);
  const inInbox = simulation.figures().backlog.events?.oldestMs;
  await simulation.pass(10 * SECOND_MS);
  const inJob = simulation.figures().backlog.events?.oldestMs;
  expect([inInbox, inJob, time.nowMs - START_MS]).toEqual([START_MS, START_MS, 40 * MINUTE_MS + 10 * SECOND_MS]);
});
