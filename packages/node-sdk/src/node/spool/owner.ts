import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { crc32 } from 'node:zlib';

/** Whose a segment is, readable from its name: nothing but the name has to survive. */
export interface Owner {
  /** Checksum of the host's name. */
  host: string;
  /** Checksum of Linux's boot id; `0` elsewhere. */
  boot: string;
  /** Linux's namespace of process ids, without which a pid says nothing; `0` elsewhere. */
  namespace: string;
  pid: number;
  /** When the process started, in Linux's ticks since boot: pids come again. `0` elsewhere. */
  start: string;
  /** Tells apart several in one process. */
  random: string;
}

/** What this system does not tell of a process. */
export const UNKNOWN = '0';

/** Nobody's: whoever finds it may take it. */
export const FREE = 'free';

const EXTENSION = '.spool';
const NAME = /^(?:free|([0-9a-f]{8})-([0-9a-f]+)-(\d+)-(\d+)-(\d+))-([0-9a-f]{8})-\d+\.spool$/;

const createRandom = () => randomUUID().slice(0, 8);

export function describeSelf(): Owner {
  return {
    host: checksum(hostname()),
    boot: tryRead(() => checksum(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))),
    namespace: tryRead(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? UNKNOWN),
    pid: process.pid,
    start: readStart(process.pid) || UNKNOWN,
    random: createRandom(),
  };
}

export function nameSegment(owner: Owner | typeof FREE, number: number): string {
  if (owner === FREE) return `${FREE}-${createRandom()}-${number}${EXTENSION}`;
  const { host, boot, namespace, pid, start, random } = owner;
  return `${host}-${boot}-${namespace}-${pid}-${start}-${random}-${number}${EXTENSION}`;
}

/** The owner that a file's name states; undefined where it is no name of ours. */
export function parseName(name: string): Owner | typeof FREE | undefined {
  const match = NAME.exec(name);
  if (!match) return undefined;
  const [, host, boot = '', namespace = '', pid, start = '', random = ''] = match;
  return host === undefined ? FREE : { host, boot, namespace, pid: Number(pid), start, random };
}

/** When a process started; '' where that cannot be told, undefined where there is no such process. */
export function readStart(pid: number): string | undefined {
  try {
    // The command's name, in brackets, may hold anything. Behind it: the state, and as 20th the start (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').pop()?.split(' ') ?? [];
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return isRunning(pid) ? '' : undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const checksum = (text: string) => crc32(text).toString(16).padStart(8, '0');

function tryRead(read: () => string): string {
  try {
    return read();
  } catch {
    return UNKNOWN;
  }
}
