import { MAX_TIME_MS } from '../limits.ts';
import { mustBe } from '../settings/mustBe.ts';
import { fields, flag, listOf, oneOf, takes, text, whole } from '../settings/shapes.ts';
import { isObject } from '../validate/object.ts';
import { type AccountSnapshot, SNAPSHOT_VERSION, type Snapshot } from './snapshot.ts';

const rows = takes<never>('a list', Array.isArray);
const anchorMs = whole(-MAX_TIME_MS, MAX_TIME_MS);

const ACCOUNT = {
  publicKey: text,
  profiles: rows,
  events: rows,
  metrics: rows,
  lists: rows,
  segments: rows,
  webhooks: rows,
  deliveries: rows,
  jobs: rows,
  dropped: rows,
};

const SNAPSHOT = {
  version: oneOf(SNAPSHOT_VERSION),
  clock: fields({ frozen: flag, anchorMs }, ['frozen', 'anchorMs']),
  sequence: whole(0),
  tasks: rows,
  accounts: listOf(fields<AccountSnapshot>(ACCOUNT, keysOf(ACCOUNT))),
};

const shape = fields<Snapshot>(SNAPSHOT, keysOf(SNAPSHOT));

/** The value, which is looked at down to its rows. Throws with the reason where it is no snapshot of this version. */
export function asSnapshot(value: unknown): Snapshot {
  const version = isObject(value) ? value.version : undefined;
  if (isObject(value) && version !== undefined && version !== SNAPSHOT_VERSION)
    throw new Error(`The emulator's data has version ${String(version)}, expected ${SNAPSHOT_VERSION}.`);
  mustBe(shape, value);
  // Its rows were written by writeSnapshot of the same version.
  return value as Snapshot;
}

/** An object literal's own keys, as its type has them. */
function keysOf<T extends object>(literal: T): (keyof T & string)[] {
  return Object.keys(literal) as (keyof T & string)[];
}
