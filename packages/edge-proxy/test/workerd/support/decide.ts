import { env } from 'cloudflare:workers';
import { appendDecisions } from '../../../src/consent/appendDecisions.ts';
import type { Decision } from '../../../src/consent/decision.ts';
import { knownAs } from '../../../src/consent/subjects.ts';
import type { Identifiers } from '../../../src/klaviyo/profileAttributes.ts';
import { LEDGER_KEY } from './settings.ts';
import { START_MS } from './world.ts';

const keys = { current: '1', keys: { 1: LEDGER_KEY } };

/** A decision of one person, straight into the ledger. */
export async function decide(who: Identifiers, decision: 'granted' | 'denied', change: Partial<Decision> = {}) {
  const [known] = await knownAs('main', who, keys);
  if (!known) throw new Error('a decision needs a person');
  const entry: Decision = {
    ...known,
    purpose: 'tracking',
    decision,
    list: '',
    decidedAtMs: START_MS,
    receivedAtMs: START_MS,
    source: 'backend',
    messageId: crypto.randomUUID(),
    evidence: {},
    ...change,
  };
  return appendDecisions(env.DB, 'main', [entry], keys);
}
