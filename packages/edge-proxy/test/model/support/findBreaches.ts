import { verifyLedger } from '../../../src/consent/verifyLedger.ts';
import type { Asked, ConsentShop } from './ConsentShop.ts';
import { personOf } from './people.ts';
import { type Arrival, readCalls } from './readCalls.ts';
import { type Entry, lastOf, readLedger } from './readLedger.ts';

/** What must not be, each case as one line. All empty: all is well. */
export type Breaches = Record<keyof typeof RULES, string[]>;

/** What one run came to. */
interface Run {
  shop: ConsentShop;
  entries: Entry[];
  arrivals: Arrival[];
  asked: ReadonlyMap<string, Asked>;
}

const RULES = {
  /** After an acknowledged opt-out nothing under its purpose arrives for that person but what the answer named. */
  late: findLate,
  /** Every change that was acknowledged has its entries, at a time that was claimed or at which it came; nothing else has. */
  unwritten: findUnwritten,
  broken: findBroken,
  /** Nobody is subscribed whose last decision was no. */
  subscribed: findSubscribed,
  /** Nobody whose last decision was yes stays unsubscribed. */
  missing: findMissing,
  /** Nobody is on a list whose last decision about it was no. */
  listed: findListed,
  /** Nobody is unsubscribed from everything who left a list. */
  overdone: findOverdone,
  /**
   * Who never said no loses no event, a back end's order goes whatever was said, and in the end a person is tracked again
   * whose last word was yes.
   */
  lost: findLost,
  unexpected: findUnexpected,
} satisfies Record<string, (run: Run) => string[] | Promise<string[]>>;

export async function findBreaches(shop: ConsentShop): Promise<Breaches> {
  const asked = new Map(shop.asked.map((each) => [each.id, each]));
  const run = { shop, entries: await readLedger(shop), arrivals: readCalls(shop), asked };
  const found = await Promise.all(Object.entries(RULES).map(async ([rule, find]) => [rule, await find(run)] as const));
  return Object.fromEntries(found) as Breaches;
}

export const NO_BREACHES = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, []]));

const DENIED_BY: Record<Arrival['what'], (arrival: Arrival, entry: Entry) => boolean> = {
  event: (_, { purpose }) => purpose === 'tracking',
  profile: (_, { purpose }) => purpose === 'tracking',
  'sign-up': ({ channel, list }, entry) => entry.purpose === channel && (entry.list === '' || entry.list === list),
};

function findLate({ arrivals, entries, asked }: Run): string[] {
  return arrivals.flatMap((arrival) => {
    const { call, what, messageId } = arrival;
    const origin = messageId === undefined ? undefined : asked.get(messageId);
    if (origin && isOrder(origin)) return [];
    const names = new Set([...arrival.names, ...saidBy(origin)]);
    return [...names].flatMap((name) => {
      const about = entries.filter((entry) => entry.name === name && DENIED_BY[what](arrival, entry));
      const denial = about.find((entry) => isInForce(entry, { call, arrival, about, asked }));
      return denial
        ? [`${what} ${messageId ?? arrival.list} in call ${call} despite ${denial.messageId} of ${name}`]
        : [];
    });
  });
}

interface Situation {
  call: number;
  arrival: Arrival;
  about: readonly Entry[];
  asked: ReadonlyMap<string, Asked>;
}

/** A no that was acknowledged before the call, did not name what came, and was not followed by a yes before it. */
function isInForce(entry: Entry, { call, arrival, about, asked }: Situation): boolean {
  if (entry.decision !== 'denied') return false;
  const { answers } = asked.get(entry.messageId) as Asked;
  const isNamed = (id: string) =>
    arrival.what === 'sign-up' ? id.includes(`#subscribe:${arrival.list}`) : id.startsWith(`${arrival.messageId}#`);
  const isTold = answers.some(({ calls, named }) => calls <= call && !named.some(isNamed));
  const isLifted = about.some(
    (other) =>
      other.decision === 'granted' &&
      other.decidedAtMs > entry.decidedAtMs &&
      (asked.get(other.messageId)?.tries[0]?.calls ?? 0) <= call,
  );
  return isTold && !isLifted;
}

/** The identifiers that a message brought, however few of them go out. */
function saidBy(asked: Asked | undefined): string[] {
  const { batch: [message] = [] } = (asked?.body ?? {}) as { batch?: Record<string, never>[] };
  const { userId, anonymousId, context, traits } = message ?? {};
  const contacts = { ...(context as { traits?: object } | undefined)?.traits, ...(traits as object | undefined) };
  const { email, phone } = contacts as { email?: string; phone?: string };
  const names: Record<string, string | undefined> = { email, external_id: userId, anonymous_id: anonymousId };
  // From a page a number beside an address is not its owner's word.
  if (asked?.by === 'backend' || email === undefined) names.phone_number = phone;
  return Object.entries(names).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind} ${value}`]));
}

interface Expected {
  names: string[];
  purpose: Entry['purpose'];
  lists: string[];
  decision: Entry['decision'];
}

function expectedOf({ path, body }: Asked): Expected[] {
  const said = body as Record<string, string | undefined> & {
    channels?: string[];
    lists?: string[];
    purposes?: { tracking: Entry['decision'] };
  };
  const { email, phone, userId, anonymousId, lists = [''] } = said;
  if (path === '/v1/consent') {
    const who = { email, phone_number: phone, external_id: userId, anonymous_id: anonymousId };
    const names = Object.entries(who).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind} ${value}`]));
    return [{ names, purpose: 'tracking', lists: [''], decision: said.purposes?.tracking ?? 'denied' }];
  }
  if (path === '/v1/batch') return [];
  const decision = path === '/v1/subscribe' ? 'granted' : 'denied';
  return (said.channels ?? []).map((channel) => ({
    names: [channel === 'email' ? `email ${email}` : `phone_number ${phone}`],
    purpose: channel as 'email' | 'sms',
    lists,
    decision,
  }));
}

function findUnwritten({ entries, asked }: Run): string[] {
  const problems: string[] = [];
  for (const each of asked.values()) {
    const written = entries.filter(({ messageId }) => messageId === each.id);
    const expected = expectedOf(each).flatMap(({ names, purpose, lists, decision }) =>
      names.flatMap((name) => lists.map((list) => [name, purpose, list, decision].join(' '))),
    );
    const found = written.map(({ name, purpose, list, decision }) => [name, purpose, list, decision].join(' '));
    for (const line of expected)
      if (each.answers.length > 0 && !found.includes(line)) problems.push(`${each.id} lacks ${line}`);
    if (new Set(found).size < found.length) problems.push(`${each.id} is written twice`);
    for (const line of found) {
      // A no to tracking counts for the addresses too by which its ids are known.
      const isDerived = each.path === '/v1/consent' && / tracking {2}denied$/.test(line);
      if (!expected.includes(line) && !isDerived) problems.push(`${each.id} did not say ${line}`);
    }
    const times = each.tries.map(({ atMs }) => Math.min(atMs, claimedBy(each) ?? atMs));
    for (const { decidedAtMs } of written)
      if (!times.includes(decidedAtMs)) problems.push(`${each.id} was not decided at ${decidedAtMs}`);
  }
  const strangers = entries
    .filter(({ messageId }) => !asked.has(messageId))
    .map(({ messageId }) => `who said ${messageId}?`);
  return [...problems, ...strangers];
}

/** A page's clock proves nothing. */
function claimedBy({ by, body }: Asked): number | undefined {
  const { timestamp } = body as { timestamp?: string };
  return by === 'page' || timestamp === undefined ? undefined : Date.parse(timestamp);
}

async function findBroken({ shop }: Run): Promise<string[]> {
  const breaks: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { readHeads } = shop.dispatcher;
    const page: Awaited<ReturnType<typeof verifyLedger>> = await verifyLedger({
      db: shop.db,
      account: 'main',
      ledgerKeys: shop.ledgerKeys,
      readHeads,
      after,
    });
    breaks.push(...page.breaks.map((each) => JSON.stringify(each)));
    after = page.next;
  }
  return breaks;
}

/** One channel of one address: what was decided of it, and what Klaviyo has. */
interface Channel {
  name: string;
  about: Entry[];
  /** Klaviyo's id. */
  profile: string | undefined;
  /** Granted, and not denied since: of that list or of all. */
  standing: Entry[];
  /** The last no to everything. */
  denial: Entry | undefined;
  consent: string;
  lists: string[];
  /** The person did something with Klaviyo itself. */
  isClicked: boolean;
  confirmedMs: number;
}

function channelsOf({ shop, entries }: Run): Channel[] {
  const { profiles } = shop.klaviyo.state();
  const marketing = entries.filter(({ purpose }) => purpose !== 'tracking');
  return [...Map.groupBy(marketing, ({ name }) => name)].map(([name, about]) => {
    const [kind = '', address = ''] = name.split(' ');
    const profile = profiles.find((each) => each[kind as 'email' | 'phone_number'] === address);
    const denials = about.filter(({ decision }) => decision === 'denied');
    const isStanding = (grant: Entry) =>
      lastOf([grant, ...denials.filter(({ list }) => list === '' || list === grant.list)]) === grant;
    const granted = about.filter(({ decision }) => decision === 'granted');
    const clicks = shop.clicks.filter(({ email }) => email === address);
    return {
      name,
      about,
      profile: profile?.id,
      standing: granted.filter(isStanding),
      denial: lastOf(denials.filter(({ list }) => list === '')),
      consent: profile?.consent[kind === 'email' ? 'email' : 'sms'].consent ?? 'NEVER_SUBSCRIBED',
      lists: profile?.lists ?? [],
      isClicked: clicks.length > 0,
      confirmedMs: Math.max(0, ...clicks.filter(({ decision }) => decision === 'granted').map(({ atMs }) => atMs)),
    };
  });
}

function findSubscribed(run: Run): string[] {
  return channelsOf(run)
    .filter(({ standing, denial, confirmedMs }) => standing.length === 0 && denial && denial.decidedAtMs >= confirmedMs)
    .filter(({ consent }) => consent === 'SUBSCRIBED')
    .map(({ name, denial }) => `${name} despite ${denial?.messageId}`);
}

function findMissing(run: Run): string[] {
  const channels = channelsOf(run);
  return channels.flatMap(({ name, standing, consent, lists, isClicked, profile }) => {
    // What waits for a confirmation is no yes yet.
    const confirmed = standing.filter(({ list }) => list !== 'DOUBLE');
    if (isClicked || confirmed.length === 0) return [];
    // At Klaviyo the whole profile is on a list, or none of it: who leaves it by one channel leaves by both.
    const hasLeft = (list: string) =>
      channels.some(
        (other) =>
          other.profile === profile &&
          other.about.some((entry) => entry.decision === 'denied' && (entry.list === list || entry.list === '')),
      );
    return [
      ...(consent === 'SUBSCRIBED' ? [] : [`${name} is ${consent}`]),
      ...confirmed
        .filter(({ list }) => !lists.includes(list) && !hasLeft(list))
        .map(({ list }) => `${name} is not on ${list}`),
    ];
  });
}

function findListed(run: Run): string[] {
  const channels = channelsOf(run);
  return channels.flatMap(({ name, about, lists, profile, confirmedMs }) => {
    const others = channels.filter((other) => other.profile === profile && other.name !== name);
    return lists
      .filter((list) => lastOf(about.filter((entry) => entry.list === list))?.decision === 'denied')
      .filter(
        (list) => !others.some(({ standing }) => standing.some((entry) => entry.list === list)) && confirmedMs === 0,
      )
      .map((list) => `${name} is on ${list}`);
  });
}

function findOverdone(run: Run): string[] {
  return channelsOf(run)
    .filter(({ denial, isClicked, consent }) => !denial && !isClicked && consent === 'UNSUBSCRIBED')
    .map(({ name }) => name);
}

function findLost({ arrivals, entries, asked }: Run): string[] {
  const about = entries.filter(({ purpose }) => purpose === 'tracking');
  const denied = new Set(about.filter(({ decision }) => decision === 'denied').map(({ name }) => personOf(name)));
  const isDeniedNow = (name: string) => lastOf(about.filter((entry) => entry.name === name))?.decision === 'denied';
  const arrived = new Set(arrivals.filter(({ what }) => what === 'event').map(({ messageId }) => messageId));
  return [...asked.values()].filter(isEvent).flatMap((event) => {
    const { id } = event;
    const names = saidBy(event);
    const mayGo = isOrder(event) || !names.some((name) => denied.has(personOf(name)));
    const isDue = mayGo || (isProbe(event) && !names.some(isDeniedNow));
    return arrived.has(id) || !isDue ? [] : [id];
  });
}

const isEvent = ({ body }: Asked) => JSON.stringify(body).includes('"track"');
/** Receipts depend on it, so it goes whatever was said of tracking. */
const isOrder = ({ by, body }: Asked) => by === 'backend' && JSON.stringify(body).includes('Order Completed');
const isProbe = ({ id }: Asked) => id.startsWith('probe');

function findUnexpected({ shop }: Run): string[] {
  const { waiting, counts } = shop.figures();
  const sum = counts.reduce((n, count) => n + (count.outcome === 'accepted' ? count.n : -count.n), 0);
  return [
    ...shop.asked.flatMap(({ refusals }) => refusals),
    ...Object.entries(waiting).map(([lane, n]) => `${n} wait in ${lane}`),
    ...(sum === 0 ? [] : [`${sum} items unaccounted for`]),
    ...counts.filter(({ outcome }) => outcome === 'dead').map(({ lane, n }) => `${n} dead in ${lane}`),
  ];
}
