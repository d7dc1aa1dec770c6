import { type Config, isJsonObject, type Message } from '@sluice/shared';
import { byContext } from '../ingest/byContext.ts';
import type { EdgeFacts } from './edgeFacts.ts';
import { type Enriched, enrich } from './enrich.ts';

/** `enrich` for the messages of one request: those that share a context share what is known of it, as one object. */
export function enrichRequest(edge: EdgeFacts, switches: Config['enrich']): (message: Message) => Enriched {
  const enrichOne = (message: Message) => enrich(message, edge, switches);
  const ofViews = byContext(enrichOne);
  const ofOthers = byContext(enrichOne);
  return (message) => {
    if (message.type !== 'track' && message.type !== 'page' && message.type !== 'screen') return ofOthers(message);
    // Older page views tell of the page themselves, each of its own.
    const isOlder = message.type === 'page' && !isJsonObject(message.context?.page);
    return isOlder ? enrichOne(message) : ofViews(message);
  };
}
