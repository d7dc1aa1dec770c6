/** A round's phases: `prepare` makes new requests, each step works on what the one before it left, each parse on its input. */
export type Phase = 'prepare' | 'ingest' | 'collect' | 'deliver' | 'parseBodies' | 'parseMessages' | 'parseItems';

/** Characters handed to each step in one round; hardly any takes more than a byte. */
export interface Sizes {
  bodies: number;
  messages: number;
  items: number;
}
