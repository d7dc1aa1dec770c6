import type { Config, Rule } from '@sluice/shared';

/** What mapping needs to know besides the event itself. */
export interface MapSettings {
  config: Pick<Config, 'events' | 'identity'>;
  /** From a secret key: may set any trait, a phone beside an e-mail, and external ids. */
  trusted: boolean;
  /** When the edge took the event in, epoch milliseconds. */
  receivedAtMs: number;
  /** Where the message's numbers without a country code are dialled, ISO 3166-1; mapEvent reads it from the event. */
  country?: string | undefined;
  /** Those of the event's account. @default none */
  rules?: readonly Rule[];
}
