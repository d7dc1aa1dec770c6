/** A round's phases: `prepare` makes new requests, each step works on what the one before it left, each parse on its input. */
export type Phase =
  | ('prepare' | 'ingest' | 'collect' | 'deliver')
  // `parseEvents` is of the queue messages with each event whole, which `writeEvents` makes of them.
  | ('writeEvents' | 'parseBodies' | 'parseEvents' | 'parseItems');

/** Characters handed to each step in one round; hardly any takes more than a byte. */
export interface Sizes {
  bodies: number;
  messages: number;
  items: number;
}

/** What enrichment can be told to find out, each by its own switch. */
export const ENRICHERS = ['location', 'device', 'bots', 'campaign', 'referrer', 'session'] as const;
export type Enricher = (typeof ENRICHERS)[number];

/**
 * The same for ingest: `ingest` is the whole, `read`, `door` and `write` are its steps, `unfold` and `map` the consumer's.
 * `json` is the least that any Worker does with a body, `bytes` the least of one that must look at the bytes. `gzip` is
 * the whole of compressed bodies, `app` the whole behind Hono, `segment` that of Segment's form.
 */
export type IngestPhase =
  | ('prepare' | 'parse' | 'ingest' | 'read' | 'door' | 'write' | 'unfold' | 'map' | Enricher)
  | ('prepareMore' | 'json' | 'bytes' | 'gzip' | 'app' | 'parseSegment' | 'segment');
