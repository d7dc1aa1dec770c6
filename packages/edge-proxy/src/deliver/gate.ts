import type { Config, ErrorCode } from '@sluice/shared';
import { subjectsOf } from '../consent/subjects.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { Item, SubscribeItem } from '../map/item.ts';
import type { LedgerKeys } from '../settings.ts';
import { type ConsentState, readConsentStates } from '../store/consentState.ts';
import { type Identity, type IdentityKind, readIdentities } from '../store/identities.ts';
import { profileKey } from './lane.ts';
import { laneOf } from './lanes/index.ts';

type Verdict = { ok: true; subjects: string[] } | { ok: false; reason: ErrorCode };

/** What the identity graph and the ledger know of the people behind some items. */
export interface Gate {
  /** The item under the address that its anonymous or user id is known by. */
  stitch<I extends Item>(item: I): I;
  /** Whether the ledger lets the stitched item go. */
  ask(item: Item): Verdict;
}

interface GateSources {
  db: D1Database;
  account: string;
  ledgerKeys: LedgerKeys;
  identity: Config['identity'];
}

/** Reads all that is needed to judge the items: one query for identities, one for consent. */
export async function openGate(
  items: readonly Item[],
  { db, account, ledgerKeys, identity }: GateSources,
): Promise<Gate> {
  // What withdraws goes whatever the database knows, and so also while it is away.
  const judged = items.filter(({ lane }) => !laneOf(lane).withdraws);
  const lookUps = new Map(judged.flatMap(({ who }) => linksOf(who)).map((link) => [`${link.kind} ${link.id}`, link]));
  const known = new Map(
    (await readIdentities(db, account, [...lookUps.values()])).map((row) => [`${row.kind} ${row.id}`, row]),
  );
  const stitch = <I extends Item>(item: I): I => {
    // A consent change is about the address that it was given for.
    if (laneOf(item.lane).consent) return item;
    const who = stitchWho(item.who, known, identity.emailAsPrimary);
    return who === item.who ? item : { ...item, who };
  };
  const subjects = await subjectsByPerson(items.map(stitch), account, ledgerKeys);
  const states = Map.groupBy(
    await readConsentStates(db, judged.length === 0 ? [] : [...new Set([...subjects.values()].flat())]),
    ({ subject }) => subject,
  );
  return {
    stitch,
    ask: (item) => judge(item, subjects.get(profileKey(item)) ?? [], states),
  };
}

/** One HMAC for each identifier of each person, however many items are theirs. */
async function subjectsByPerson(
  items: readonly Item[],
  account: string,
  ledgerKeys: LedgerKeys,
): Promise<Map<string, string[]>> {
  const people = new Map(items.map((item) => [profileKey(item), item.who]));
  const found = [...people].map(async ([key, who]) => {
    const subjects = await subjectsOf(account, who, ledgerKeys);
    return [key, subjects.map(({ subject }) => subject)] as const;
  });
  return new Map(await Promise.all(found));
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

/** A denial under any of the person's identifiers counts. */
function judge(item: Item, subjects: string[], states: ReadonlyMap<string, ConsentState[]>): Verdict {
  // An address that turned out unusable, and nothing else: Klaviyo would refuse the whole call.
  const hasId = item.lane === 'erase' && item.profileId !== undefined;
  if (Object.keys(item.who).length === 0 && !hasId) return { ok: false, reason: 'event_invalid' };
  // What withdraws is what the person asked for; who leaves a list is mailed less. No denial stands in the way of it.
  if (laneOf(item.lane).withdraws || (item.lane === 'members' && item.action === 'remove'))
    return { ok: true, subjects };
  const denials = subjects
    .flatMap((subject) => states.get(subject) ?? [])
    .filter(({ decision }) => decision === 'denied');
  const isDenied =
    item.lane === 'subscribe'
      ? denials.some((denial) => withdraws(denial, item))
      : item.purpose === 'tracking' && denials.some(({ purpose }) => purpose === 'tracking');
  return isDenied ? { ok: false, reason: 'consent_denied' } : { ok: true, subjects };
}

/** Whether a denial takes a sign-up back: one of its channels, its list or all of them, decided later or on a tie. */
function withdraws(
  { purpose, list, decided_at }: ConsentState,
  { channels, list: asked, decidedAtMs }: SubscribeItem,
): boolean {
  return (
    channels.some((channel) => channel === purpose) &&
    (list === '' || list === (asked ?? '')) &&
    decided_at >= decidedAtMs
  );
}
