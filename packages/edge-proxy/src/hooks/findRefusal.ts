import type { ErrorCode } from '@sluice/shared';
import type { HookEvent, HookFacts, Hooks } from './hooks.ts';
import { logHookDefect } from './logHookDefect.ts';

/** Asks the shop's own rule. Without an answer nothing may go: the event is refused, and its sender told so. */
export function findRefusal(event: HookEvent, facts: HookFacts, { allow }: Hooks): ErrorCode | undefined {
  if (!allow) return undefined;
  try {
    // A promise is no yes, whatever it may come to.
    return allow(structuredClone(event), facts) === true ? undefined : 'consent_denied';
  } catch (error) {
    logHookDefect('allow', error);
    return 'internal';
  }
}
