import { env } from 'cloudflare:workers';
import { appendEntry, type Decision } from '../../../src/consent/appendEntry.ts';
import { subjectsOf } from '../../../src/consent/subjects.ts';
import type { Identifiers } from '../../../src/klaviyo/profileAttributes.ts';
import { LEDGER_KEY } from './settings.ts';
import { START_MS } from './world.ts';

const keys = { current: '1', keys: { 1: LEDGER_KEY } };

/** A decision of one person, straight into the ledger. */
export async function decide(who: Identifiers, decision: 'granted' | 'denied', change: Partial<Decision> = {}) {
  const [subject] = await subjectsOf('main', who, keys);
  if (!subject) throw new Error('a decision needs a person');
  const entry: Decision = {
    purpose: 'tracking',
    decision,
    list: null,
    decidedAtMs: START_MS,
    receivedAtMs: START_MS,
    source: 'backend',
    messageId: crypto.randomUUID(),
    evidence: {},
    ...change,
  };
  return appendEntry(env.DB, 'main', subject, entry, keys);
}
