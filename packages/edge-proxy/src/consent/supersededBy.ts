import type { ConsentState } from '../store/consentState.ts';

type Said = Pick<ConsentState, 'purpose' | 'list' | 'decision' | 'decided_at'>;

/** The yes that overtook an opt-out, of everything or of one list, in every channel, and was not taken back since. Pure. */
export function supersededBy<S extends Said>(
  { channels, list: left, decidedAtMs }: { channels: readonly string[]; list?: string; decidedAtMs: number },
  states: readonly S[],
): S | undefined {
  const yeses = channels.map((channel) => {
    const said = states.filter(({ purpose }) => purpose === channel);
    const deniedMs = said.filter(({ list, decision }) => list === '' && decision === 'denied');
    const sinceMs = Math.max(decidedAtMs, ...deniedMs.map(({ decided_at }) => decided_at));
    return said.find(
      ({ list, decision, decided_at }) =>
        decision === 'granted' && decided_at > sinceMs && (left === undefined || list === left),
    );
  });
  return yeses.includes(undefined) ? undefined : yeses[0];
}
