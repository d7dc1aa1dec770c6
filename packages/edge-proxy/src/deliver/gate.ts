import type { Config, ErrorCode } from '@sluice/shared';
import { latestDecisions } from '../consent/latestDecisions.ts';
import { allSubjectsOf, type Subject } from '../consent/subjects.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { LedgerKeys } from '../settings.ts';
import { type ConsentState, readConsentStates } from '../store/consentState.ts';
import { type Identity, type IdentityKind, readIdentities } from '../store/identities.ts';
import { concerns } from './concerns.ts';
import { type Lane, profileKey } from './lane.ts';
import { importable } from './lanes/importRows.ts';
import { narrow } from './narrow.ts';
import type { StoredItem } from './storedItem.ts';
import type { Denial } from './tables/blocked.ts';

/** Refused by consent, `decider` is the denial that did. */
type Verdict = { ok: true; subjects: string[] } | { ok: false; reason: ErrorCode; decider?: Denial | undefined };

/** An item as it waited, the same under the address that its anonymous or user id is known by, and whether that may go. */
export interface Judged {
  waiting: StoredItem;
  stitched: StoredItem;
  verdict: Verdict;
}

interface GateSources {
  db: D1Database;
  account: string;
  ledgerKeys: LedgerKeys;
  identity: Config['identity'];
}

/** Asks the identity graph and the ledger about the items of one lane: one query each, and once a person. */
export async function judgeItems(
  items: readonly StoredItem[],
  lane: Lane,
  { db, account, ledgerKeys, identity }: GateSources,
): Promise<Judged[]> {
  const keys = items.map(personKey);
  const people = new Map(items.map(({ who, also }, index) => [keys[index], { said: who, also }]));
  // A consent change is about the address that it was given for.
  const lookUps = lane.consent ? [] : [...people.values()].flatMap(({ said }) => linksOf(said));
  const links = new Map(lookUps.map((link) => [`${link.kind} ${link.id}`, link]));
  const known = new Map(
    (await readIdentities(db, account, [...links.values()])).map((row) => [`${row.kind} ${row.id}`, row]),
  );
  const found = [...people].map(async ([key, { said, also }]) => {
    const who = lane.consent ? said : stitchWho(said, known, identity.emailAsPrimary);
    // Also under what is not sent along: a denial under any of the person's identifiers counts.
    const subjects = await allSubjectsOf(account, { ...also, ...said, ...who }, ledgerKeys);
    return { key, said, who, subjects, names: subjects.map(({ subject }) => subject) };
  });
  const persons = await Promise.all(found);
  // What withdraws goes whatever the database knows, and so also while it is away.
  const asked = lane.withdraws ? [] : [...new Set(persons.flatMap(({ names }) => names))];
  const states = Map.groupBy(await readConsentStates(db, asked), ({ subject }) => subject);
  const judged = new Map(persons.map((person) => [person.key, { ...person, denials: denialsOf(person, states) }]));
  return items.map((waiting, index) => {
    const person = judged.get(keys[index] ?? '') as Person;
    const left = narrow(waiting, person.denials);
    const going = left ?? waiting;
    const stitched = person.who === person.said ? going : ({ ...going, who: person.who } as StoredItem);
    return { waiting: going, stitched, verdict: judge(stitched, person, left !== undefined) };
  });
}

interface Person {
  /** As the items name them. */
  said: Identifiers;
  /** Under the address that they are known by. */
  who: Identifiers;
  subjects: Subject[];
  /** The same as their names alone. */
  names: string[];
  denials: Denial[];
}

/** Who an item is about, with all that they are known by. */
function personKey(item: StoredItem): string {
  const { also } = item;
  return also === undefined ? profileKey(item) : profileKey(item) + profileKey({ who: also });
}

/** The ids by which the graph may know an address that the item lacks. */
function linksOf(who: Identifiers): { kind: IdentityKind; id: string }[] {
  if (who.email !== undefined) return [];
  return [
    ...(who.anonymous_id === undefined ? [] : [{ kind: 'anonymous' as const, id: who.anonymous_id }]),
    ...(who.external_id === undefined ? [] : [{ kind: 'user' as const, id: who.external_id }]),
  ];
}

function stitchWho(who: Identifiers, known: ReadonlyMap<string, Identity>, emailAsPrimary: boolean): Identifiers {
  const links = linksOf(who).flatMap(({ kind, id }) => known.get(`${kind} ${id}`) ?? []);
  const email = links.find((link) => link.email)?.email;
  if (email) {
    const { anonymous_id, external_id } = who;
    // The address alone: Klaviyo writes every identifier onto the profile that it finds, and a phone or an exchange id
    // may be another person's. An external id takes no part in its merging and breeds duplicates.
    return dropUndefined<Identifiers>({ email, anonymous_id, external_id: emailAsPrimary ? undefined : external_id });
  }
  const phone = links.find((link) => link.phone)?.phone;
  return phone && who.phone_number === undefined ? { ...who, phone_number: phone } : who;
}

function judge(item: StoredItem, { names, denials }: Person, mayGo: boolean): Verdict {
  // An address that turned out unusable, and nothing else, or a profile that is to be found by what only events can be
  // found by: Klaviyo would refuse the whole call.
  const hasId = item.lane === 'erase' && item.profileId !== undefined;
  const named = item.lane === 'events' ? item.who : importable(item.who);
  if (Object.keys(named).length === 0 && !hasId) return { ok: false, reason: 'event_invalid' };
  if (mayGo) return { ok: true, subjects: names };
  return { ok: false, reason: 'consent_denied', decider: denials.find((denial) => concerns(denial, item)) };
}

/** Where an identifier has several names, by keys that were replaced, its latest decision counts. */
function denialsOf(
  { subjects }: Pick<Person, 'subjects'>,
  states: ReadonlyMap<string, readonly ConsentState[]>,
): Denial[] {
  // Of most people nothing was ever decided.
  const decided = subjects.filter(({ subject }) => states.has(subject));
  return [...Map.groupBy(decided, ({ kind }) => kind).values()]
    .flatMap((names) => latestDecisions(names.flatMap(({ subject }) => states.get(subject) ?? [])))
    .filter(({ decision }) => decision === 'denied')
    .map(({ subject, purpose, list, decided_at }) => ({ subject, purpose, list, decidedAtMs: decided_at }));
}
