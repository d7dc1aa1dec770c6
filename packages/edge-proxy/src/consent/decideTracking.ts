import { type ConsentContext, type ConsentPolicy, decideDoor } from '@sluice/shared';
import { readTcf } from './readTcf.ts';

/** What a banner's answers mean for tracking under a policy, whatever the region: undefined where they leave it open. */
export function decideTracking(consent: ConsentContext, policy: ConsentPolicy): 'granted' | 'denied' | undefined {
  // The door's own rule, asked where nothing is assumed: a yes to everything required, or a no to any of it.
  const decision = decideDoor({
    event: undefined,
    consent,
    tcfPurposes: consent.tcf ? readTcf(consent.tcf) : undefined,
    country: undefined,
    sourceKind: 'public',
    policy: { ...policy, unknown: 'refuse' },
  });
  if (decision.ok) return 'granted';
  return decision.reason === 'consent_denied' ? 'denied' : undefined;
}
