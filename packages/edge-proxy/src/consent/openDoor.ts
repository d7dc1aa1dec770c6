import {
  type Config,
  type ConsentContext,
  type ConsentPolicy,
  type DoorFacts,
  decideDoor,
  type Message,
  type Source,
  type TrackMessage,
} from '@sluice/shared';
import type { EdgeFacts } from '../enrich/edgeFacts.ts';
import { byContext } from '../ingest/byContext.ts';
import { readEvent } from '../map/readEvent.ts';
import { policyOf } from './policyOf.ts';
import { readCountry } from './readCountry.ts';
import { rememberTcf } from './rememberTcf.ts';

export type Admission =
  | {
      ok: true;
      purpose: 'tracking' | 'transactional';
      /** Consent lets in all that follows from the event, not only the event itself. */
      isTracked: boolean;
    }
  | { ok: false; reason: 'consent_denied' | 'consent_unknown' };

interface DoorContext {
  source: Source;
  config: Config;
  edge: EdgeFacts;
}

/** The consent decision for each message of one request. */
export function openDoor({ source, config, edge }: DoorContext): (message: Message) => Admission {
  const policy = policyOf(source, config);
  const readTcf = rememberTcf();
  const admit = (message: Message): Admission => {
    const consent = readConsent(message);
    const asked: DoorFacts = {
      event: message.type === 'track' ? nameAtDoor(message, policy) : undefined,
      consent,
      tcfPurposes: readTcf(consent?.tcf),
      country: readCountry(message, source.kind, edge.location.country),
      sourceKind: source.kind,
      policy,
    };
    const door = decideDoor(asked);
    if (!door.ok || door.purpose === 'tracking') return door.ok ? { ...door, isTracked: true } : door;
    // An order of somebody who refused goes as what it is, and says nothing more of them.
    return { ...door, isTracked: decideDoor({ ...asked, event: undefined }).ok };
  };
  // Of a page's message nothing but its context counts: what event it is, and where from, are a server's to say.
  return source.kind === 'public' ? byContext(admit) : admit;
}

/** The policy may list an event as it came, or as what it is. */
function nameAtDoor(message: TrackMessage, { transactional }: ConsentPolicy): string {
  return transactional.includes(message.event) ? message.event : readEvent(message);
}

/** What the message says of consent; its shape was checked with the message's. */
function readConsent({ context }: Message): ConsentContext | null | undefined {
  return context?.consent as ConsentContext | null | undefined;
}
