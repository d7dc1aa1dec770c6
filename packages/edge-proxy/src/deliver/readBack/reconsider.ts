import { latestDecisions } from '../../consent/latestDecisions.ts';
import { LEDGER_PATIENCE_MS } from '../../consent/limits.ts';
import type { KlaviyoConsent } from '../../consent/reconcile/readSubscriptions.ts';
import { supersededBy } from '../../consent/supersededBy.ts';
import type { KlaviyoAnswer, KlaviyoCall } from '../../klaviyo/client.ts';
import { logDefect } from '../../logDefect.ts';
import { type ConsentState, readConsentStates } from '../../store/consentState.ts';
import type { FrozenItem } from '../freeze.ts';
import type { Decider } from '../logRefused.ts';
import type { Outbox } from '../Outbox.ts';
import { refuseItems } from '../refuseItems.ts';
import { type Job, postponeJob } from '../tables/jobs.ts';
import { compareContacts } from './compareContacts.ts';
import { contactsOf } from './contactsOf.ts';
import { learn, lessonsOf } from './learn.ts';
import { readConsents } from './readConsents.ts';
import { readOptIn } from './readOptIn.ts';

/** What is left of a job; undefined when it has been seen to. */
type Reconsidered = { ok: true; job: Job | undefined } | { ok: false; answer: KlaviyoAnswer };

/** What a stale change of consent comes to now: the state is sent, not what somebody once said. */
export function reconsider(outbox: Outbox, job: Job, call: KlaviyoCall): Promise<Reconsidered> {
  return job.lane === 'subscribe' ? askKlaviyo(outbox, job, call) : askLedger(outbox, job);
}

/** An opt-out that Klaviyo knows of goes into the ledger, and so withholds the sign-up that came before it. */
async function askKlaviyo(outbox: Outbox, job: Job, call: KlaviyoCall): Promise<Reconsidered> {
  const { sql, stops } = outbox;
  const now = outbox.now();
  // Of the account this job may be the probe, so that only the read's own stop counts.
  const openMs = stops.get_profiles?.untilMs ?? 0;
  if (openMs > now) {
    postponeJob(sql, job.id, { ...job, nextMs: openMs });
    return { ok: true, job: undefined };
  }
  const contacts = job.items.flatMap(contactsOf);
  const read = await readConsents(contacts, { call, nowMs: now });
  if (!read.ok) return read;
  if (await learnDenials(outbox, read.consents)) return { ok: true, job };
  // Without the ledger nobody would know why, and the next sign-up would go all the same.
  return { ok: false, answer: { kind: 'no_answer', why: 'network' } };
}

async function learnDenials(outbox: Outbox, consents: readonly KlaviyoConsent[]): Promise<boolean> {
  try {
    const compared = await compareContacts(outbox, consents);
    return await learn(
      outbox,
      compared.flatMap(lessonsOf).filter(({ decision }) => decision === 'denied'),
    );
  } catch (error) {
    logDefect('a late sign-up waits for the ledger', error);
    return false;
  }
}

/** A repeat that comes after a newer sign-up must not undo it. */
export async function askLedger(outbox: Outbox, job: Job): Promise<Reconsidered> {
  const states = await readStates(outbox, job);
  const counting = await withoutUnconfirmed(outbox, states);
  const deciderOf = (item: FrozenItem): Decider | undefined => {
    const optOut = optOutOf(item);
    const said = counting.filter(({ subject }) => item.subjects.includes(subject));
    const yes = optOut && supersededBy(optOut, latestDecisions(said));
    return yes && { ...yes, decidedAtMs: yes.decided_at };
  };
  const refused = job.items.filter((item) => deciderOf(item));
  if (refused.length === 0) return { ok: true, job };
  const items = job.items.filter((item) => !deciderOf(item));
  refuseItems(outbox, job, { refused, items, reason: 'superseded', deciderOf });
  return { ok: true, job: items.length > 0 ? { ...job, items } : undefined };
}

/** Who is taken off a list as an opt-out of theirs; a shop's own removal is none. */
function optOutOf(item: FrozenItem): Parameters<typeof supersededBy>[0] | undefined {
  if (item.lane === 'unsubscribe') return item;
  if (item.lane !== 'members' || item.action !== 'remove' || item.decidedAtMs === undefined) return undefined;
  return { channels: [item.who.email ? 'email' : 'sms'], list: item.list, decidedAtMs: item.decidedAtMs };
}

/** Where a list asks for a confirmation, anybody may have asked: until then the opt-out stands. */
async function withoutUnconfirmed(outbox: Outbox, states: readonly ConsentState[]): Promise<ConsentState[]> {
  const counting: ConsentState[] = [];
  for (const state of states) {
    const isSure = state.decision === 'denied' || state.list === '';
    if (isSure || (await readOptIn(outbox, state.list)) === 'single_opt_in') counting.push(state);
  }
  return counting;
}

/** While the database is away or slow an opt-out goes: in doubt the no counts. */
async function readStates({ ground }: Outbox, { items }: Job): Promise<ConsentState[]> {
  const patience = ground.timer(LEDGER_PATIENCE_MS);
  try {
    const states = readConsentStates(ground.db, [...new Set(items.flatMap(({ subjects }) => subjects))]);
    return await Promise.race([states, patience.done.then(() => [])]);
  } catch (error) {
    logDefect('an opt-out is sent without a look at the ledger', error);
    return [];
  } finally {
    patience.cancel();
  }
}
