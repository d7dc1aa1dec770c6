import { verifyLedger } from '../../../src/consent/verifyLedger.ts';
import type { Asked, Click, ConsentShop } from './ConsentShop.ts';
import { personOf } from './people.ts';
import { type Arrival, readCalls } from './readCalls.ts';
import { type Entry, lastOf, readLedger } from './readLedger.ts';
import { START_MS } from './startMs.ts';

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
  /** A page brings nobody back who left, unless the list asks them to confirm. */
  broughtBack: findBroughtBack,
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
  const { answers = [] } = asked.get(entry.messageId) ?? {};
  const isNamed = (id: string) =>
    arrival.what === 'sign-up' ? id.includes(`#subscribe:${arrival.list}`) : id.startsWith(`${arrival.messageId}#`);
  // A no that comes again counts for the addresses by which its ids are known by then, from that answer on.
  const isTold = answers.some(
    ({ atMs, calls, named }) => atMs >= entry.receivedAtMs && calls <= call && !named.some(isNamed),
  );
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

function findUnwritten({ entries, asked, shop: { clicks } }: Run): string[] {
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
    .filter((entry) => !asked.has(entry.messageId) && !clicks.some((click) => isOf(click, entry)))
    .filter((entry) => !isCarried(entry, entries))
    .map(({ name, purpose, list, decision }) => `nobody said ${name} ${purpose} ${list} ${decision}`);
  return [...problems, ...strangers];
}

/** A profile that gets another address of its person takes its opt-out along, and Klaviyo tells it of the new one. */
function isCarried(entry: Entry, entries: readonly Entry[]): boolean {
  const isOrigin = (other: Entry) =>
    other.decision === 'denied' &&
    other.source !== 'klaviyo:read' &&
    other.purpose === entry.purpose &&
    other.list === entry.list &&
    other.name !== entry.name &&
    personOf(other.name) === personOf(entry.name) &&
    Math.floor(other.decidedAtMs / SECOND_MS) <= Math.floor(entry.decidedAtMs / SECOND_MS);
  return entry.source === 'klaviyo:read' && entry.decision === 'denied' && entries.some(isOrigin);
}

/** Klaviyo tells times in whole seconds. */
function isOf({ email, decision, list, atMs }: Click, entry: Entry): boolean {
  return (
    entry.source === 'klaviyo:read' &&
    entry.name === `email ${email}` &&
    entry.decision === decision &&
    (entry.list === list || decision === 'granted') &&
    Math.floor(atMs / 1000) === Math.floor(entry.decidedAtMs / 1000)
  );
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

/** One channel of one address: what was decided of it, here or at Klaviyo, and what Klaviyo has. */
interface Channel {
  name: string;
  about: Decided[];
  /** Yeses that no no followed: of that list or of all. */
  standing: Decided[];
  /** The last no to everything. */
  denial: Decided | undefined;
  consent: string;
  lists: string[];
  /** Klaviyo's id. */
  profile: string | undefined;
}

type Decided = Pick<Entry, 'decision' | 'decidedAtMs' | 'list'> & { isClick?: true };

function channelsOf({ shop, entries }: Run): Channel[] {
  const { profiles } = shop.klaviyo.state();
  const marketing = entries.filter(({ purpose, source }) => purpose !== 'tracking' && source !== 'klaviyo:read');
  const names = new Set([...marketing.map(({ name }) => name), ...shop.clicks.map(({ email }) => `email ${email}`)]);
  return [...names].map((name) => {
    const said = marketing.filter((entry) => entry.name === name);
    const [kind = '', address = ''] = name.split(' ');
    const profile = profiles.find((each) => each[kind as 'email' | 'phone_number'] === address);
    const clicks = shop.clicks
      .filter(({ email }) => email === address)
      .map(({ atMs, ...click }): Decided => ({ ...click, decidedAtMs: atMs, isClick: true }));
    const about: Decided[] = [...said, ...clicks];
    const denials = about.filter(({ decision }) => decision === 'denied');
    const isStanding = (grant: Decided) =>
      lastOf([grant, ...denials.filter(({ list }) => list === '' || list === grant.list)]) === grant;
    return {
      name,
      about,
      standing: about.filter(({ decision }) => decision === 'granted').filter(isStanding),
      denial: lastOf(denials.filter(({ list }) => list === '')),
      consent: profile?.consent[kind === 'email' ? 'email' : 'sms'].consent ?? 'NEVER_SUBSCRIBED',
      lists: profile?.lists ?? [],
      profile: profile?.id,
    };
  });
}

/**
 * A sign-up goes without a look at Klaviyo for five minutes: one that was made before the person left there may arrive
 * after it, and lift it.
 */
function mayBeLifted(denial: Decided, about: readonly Decided[]): boolean {
  const { isClick, decidedAtMs: leftMs } = denial;
  const isRecent = ({ decision, decidedAtMs }: Decided) =>
    decision === 'granted' && decidedAtMs > leftMs - FRESH_MS && decidedAtMs <= leftMs + SECOND_MS;
  return isClick === true && about.some(isRecent);
}

const SECOND_MS = 1000;
const FRESH_MS = 5 * 60_000 + 2 * SECOND_MS;

function findSubscribed(run: Run): string[] {
  return channelsOf(run).flatMap(({ name, about, standing, denial, consent }) => {
    const isOut = standing.length === 0 && denial && !mayBeLifted(denial, about);
    return isOut && consent === 'SUBSCRIBED' ? [`${name} at ${denial.decidedAtMs - START_MS}`] : [];
  });
}

function findMissing(run: Run): string[] {
  const channels = channelsOf(run);
  return channels.flatMap(({ name, standing, about, consent, lists, profile }) => {
    // What waits for a confirmation is no yes yet; what was decided at Klaviyo within the same second is a tie.
    const isTie = ({ decidedAtMs }: Decided) =>
      about.some((each) => each.isClick && Math.abs(each.decidedAtMs - decidedAtMs) < 2 * SECOND_MS);
    const confirmed = standing.filter((grant) => (grant.list !== 'DOUBLE' || grant.isClick) && !isTie(grant));
    if (confirmed.length === 0) return [];
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
  return channels.flatMap(({ name, about, lists, profile }) => {
    const others = channels.filter((other) => other.profile === profile && other.name !== name);
    return lists.flatMap((list) => {
      const last = lastOf(about.filter((entry) => entry.list === list));
      const isOut = last?.decision === 'denied' && !mayBeLifted(last, about);
      // The profile may be there by its other address, also one that is no longer mailed, and had two profiles before.
      const isShared = others.some(
        (other) => lastOf(other.about.filter((entry) => entry.list === list))?.decision === 'granted',
      );
      return isOut && !isShared ? [`${name} is on ${list}`] : [];
    });
  });
}

function findOverdone(run: Run): string[] {
  return channelsOf(run)
    .filter(({ denial, consent }) => !denial && consent === 'UNSUBSCRIBED')
    .map(({ name }) => name);
}

function findBroughtBack({ entries, asked }: Run): string[] {
  return entries.flatMap((grant) => {
    const page = asked.get(grant.messageId);
    const isOf = page?.by === 'page' && grant.purpose !== 'tracking' && grant.decision === 'granted';
    if (!isOf || grant.list === 'DOUBLE') return [];
    const about = entries.filter(
      ({ name, purpose, list }) =>
        name === grant.name && purpose === grant.purpose && (list === '' || list === grant.list),
    );
    const [first] = page.tries;
    const isKnown = ({ messageId }: Entry) =>
      asked.get(messageId)?.answers.some(({ atMs }) => atMs < (first?.atMs ?? 0)) === true;
    const before = lastOf(about.filter((entry) => entry.decision === 'denied' && isKnown(entry)));
    const isBack =
      before === undefined ||
      entries.some(
        (other) =>
          other.name === grant.name &&
          other.decision === 'granted' &&
          other !== grant &&
          other.receivedAtMs <= grant.receivedAtMs,
      );
    return isBack ? [] : [`${grant.name} by ${grant.messageId} after ${before.messageId}`];
  });
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
    ...shop.asked.flatMap(({ id, refusals, by }) =>
      refusals
        .filter(({ code }) => code !== 'reoptin_unconfirmed' || by !== 'page')
        .map(({ code }) => `${id} was refused: ${code}`),
    ),
    ...Object.entries(waiting).map(([lane, n]) => `${n} wait in ${lane}`),
    ...(sum === 0 ? [] : [`${sum} items unaccounted for`]),
    ...counts.filter(({ outcome }) => outcome === 'dead').map(({ lane, n }) => `${n} dead in ${lane}`),
  ];
}
