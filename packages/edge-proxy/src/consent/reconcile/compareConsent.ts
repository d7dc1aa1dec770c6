import type { ConsentState } from '../../store/consentState.ts';
import type { KlaviyoConsent } from './readSubscriptions.ts';

/** What follows from what Klaviyo says of one person and channel, and what the ledger says of the same. */
export type Finding =
  /** The person told Klaviyo, and the ledger has to know. `list` "" means everywhere. */
  | { kind: 'learn'; decision: 'granted' | 'denied'; list: string; decidedAtMs: number }
  /** Klaviyo lacks what the person last said to us. */
  | { kind: 'unsubscribe'; list: ''; decidedAtMs: number }
  /** The same, of use only where the list asks for no confirmation: else it may still be coming. */
  | { kind: 'subscribe'; list: string; decidedAtMs: number };

type Said = Pick<ConsentState, 'list' | 'decision' | 'decided_at'>;

/** Compares both sides of one person and channel; in doubt the no counts. Pure. */
export function compareConsent(klaviyo: KlaviyoConsent, states: readonly Said[]): Finding[] {
  const deniedMs = Math.max(
    Number.NEGATIVE_INFINITY,
    ...states.filter(({ list, decision }) => list === '' && decision === 'denied').map(({ decided_at }) => decided_at),
  );
  const grants = states.filter(({ decision, decided_at }) => decision === 'granted' && decided_at > deniedMs);
  const findings = [
    ...compareEverywhere(klaviyo, deniedMs, grants),
    ...klaviyo.left.flatMap((left) => compareList(left, states)),
  ];
  // A list may be spoken of on both grounds.
  return [...new Map(findings.map((finding) => [`${finding.kind} ${finding.list}`, finding])).values()];
}

function compareEverywhere(klaviyo: KlaviyoConsent, deniedMs: number, grants: readonly Said[]): Finding[] {
  const { decision, decidedAtMs, isEcho } = klaviyo;
  const isDenied = Number.isFinite(deniedMs) && grants.length === 0;
  if (decision === 'granted') {
    if (!Number.isFinite(deniedMs)) return [];
    // Of use only where none of the later yeses stands by itself: one that waits for its confirmation is none yet.
    if (!isDenied) return decidedAtMs > deniedMs ? [] : [{ kind: 'unsubscribe', list: '', decidedAtMs: deniedMs }];
    return decidedAtMs > deniedMs && !isEcho
      ? [{ kind: 'learn', decision, list: '', decidedAtMs }]
      : [{ kind: 'unsubscribe', list: '', decidedAtMs: deniedMs }];
  }
  // Our own opt-out may have come there after the yes that followed it.
  const missing =
    decision === null || isEcho ? grants : grants.filter(({ decided_at }) => isLater(decided_at, decidedAtMs));
  if (missing.length > 0)
    return missing.map(({ list, decided_at }) => ({ kind: 'subscribe', list, decidedAtMs: decided_at }));
  return decision === null || isEcho || isDenied ? [] : [{ kind: 'learn', decision, list: '', decidedAtMs }];
}

function compareList({ list, decidedAtMs }: KlaviyoConsent['left'][number], states: readonly Said[]): Finding[] {
  const known = states.find((state) => state.list === list);
  if (known?.decision === 'denied') return [];
  return known && isLater(known.decided_at, decidedAtMs)
    ? [{ kind: 'subscribe', list, decidedAtMs: known.decided_at }]
    : [{ kind: 'learn', decision: 'denied', list, decidedAtMs }];
}

/** Klaviyo's times are whole seconds: what falls into the same one is a tie. */
function isLater(grantedMs: number, deniedMs: number): boolean {
  return Math.floor(grantedMs / 1000) > Math.floor(deniedMs / 1000);
}
