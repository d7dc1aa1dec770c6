/** A round's phases: `prepare` makes new requests, each step works on what the one before it left, each parse on its input. */
export type Phase = 'prepare' | 'ingest' | 'collect' | 'deliver' | 'parseBodies' | 'parseMessages' | 'parseItems';

/** Characters handed to each step in one round; hardly any takes more than a byte. */
export interface Sizes {
  bodies: number;
  messages: number;
  items: number;
}

/**
 * The same for ingest: `ingest` is the whole, `read`, `door` and `write` are its steps, `map` is the consumer's. `json` is
 * the least that any Worker does with a body; `gzip` is the whole of compressed bodies, `app` the whole behind Hono.
 */
export type IngestPhase =
  | ('prepare' | 'parse' | 'ingest' | 'read' | 'door' | 'write' | 'map')
  | ('prepareMore' | 'json' | 'gzip' | 'app');
