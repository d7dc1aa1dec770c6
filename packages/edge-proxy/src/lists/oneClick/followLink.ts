import { subjectsOf } from '../../consent/subjects.ts';
import { whoIs } from '../../deliver/readBack/contactsOf.ts';
import { logDefect } from '../../logDefect.ts';
import { readLastGrant } from '../../store/readLastGrant.ts';
import { type OptingOut, optOut } from '../optOut.ts';
import type { Unsubscription } from '../takeUnsubscription.ts';
import type { Link } from './link.ts';

type Following = Omit<OptingOut, 'account' | 'source' | 'evidence'> & {
  ip: string;
  userAgent: string | undefined;
};

/** Opts out whom a link names. As often as it is followed, that is written once, until the person agrees anew. */
export async function followLink(link: Link, { ip, userAgent, ...more }: Following): Promise<{ ok: boolean }> {
  const { account, source, channel, address, list, issuedAtMs } = link;
  let id: string;
  try {
    id = await nameOptOut(link, more);
  } catch (error) {
    logDefect('ledger unavailable', error);
    return { ok: false };
  }
  const unsubscription: Unsubscription = {
    id,
    addresses: { [channel]: address },
    lists: list === null ? null : [list],
    leaves: list === null ? [] : [list],
    decidedAtMs: more.receivedAtMs,
  };
  const evidence = { link: 'one-click', issuedAt: new Date(issuedAtMs).toISOString(), ip, userAgent };
  return optOut(unsubscription, { ...more, account, source, evidence });
}

/** By the last yes that it takes back: an old mail's link must take back a newer yes too. */
async function nameOptOut(
  { account, channel, address, list }: Link,
  { env, ledgerKeys }: Omit<Following, 'ip' | 'userAgent'>,
) {
  const [known] = await subjectsOf(account, whoIs({ channel, address }), ledgerKeys);
  if (!known) throw new Error('a link has no address');
  const grant = await readLastGrant(env.DB, known.subject, channel);
  return `one-click:${known.subject.slice(-32)}:${channel}:${list ?? ''}:${grant}`;
}
