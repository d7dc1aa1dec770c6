import type { Channel } from '@sluice/shared';

/** What one unsubscribe link stands for. */
export interface Link {
  account: string;
  /** Of the source that asked for the link. */
  source: string;
  channel: Channel;
  /** Normalised. */
  address: string;
  /** Null: all marketing by this channel. */
  list: string | null;
  issuedAtMs: number;
}

/** The same as it is encrypted: short, since it stands in each mail. */
export type PackedLink = [
  account: string,
  source: string,
  channel: Channel,
  address: string,
  list: string | null,
  issuedAtSeconds: number,
];
