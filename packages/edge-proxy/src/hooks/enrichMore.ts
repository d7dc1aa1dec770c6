import type { HookEvent, HookFacts, Hooks } from './hooks.ts';
import { logHookDefect } from './logHookDefect.ts';
import { toProperties } from './toProperties.ts';

/** Adds what the shop's own enrichment knows. One that fails costs the event nothing. */
export function enrichMore(event: HookEvent, facts: HookFacts, { enrich }: Hooks): HookEvent {
  if (!enrich) return event;
  try {
    const added = enrich(structuredClone(event), facts);
    return added === undefined ? event : { ...event, visit: { ...event.visit, ...toProperties(added) } };
  } catch (error) {
    logHookDefect('enrich', error);
    return event;
  }
}
