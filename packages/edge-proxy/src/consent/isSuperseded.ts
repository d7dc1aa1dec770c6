import type { ConsentState } from '../store/consentState.ts';

type Said = Pick<ConsentState, 'purpose' | 'list' | 'decision' | 'decided_at'>;

/** Whether an opt-out, of everything or of one list, was overtaken: its person agreed again later, and has not taken that back. Pure. */
export function isSuperseded(
  { channels, list: left, decidedAtMs }: { channels: readonly string[]; list?: string; decidedAtMs: number },
  states: readonly Said[],
): boolean {
  return channels.every((channel) => {
    const said = states.filter(({ purpose }) => purpose === channel);
    const deniedMs = said.filter(({ list, decision }) => list === '' && decision === 'denied');
    const sinceMs = Math.max(decidedAtMs, ...deniedMs.map(({ decided_at }) => decided_at));
    return said.some(
      ({ list, decision, decided_at }) =>
        decision === 'granted' && decided_at > sinceMs && (left === undefined || list === left),
    );
  });
}
