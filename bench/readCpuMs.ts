import { readdirSync, readFileSync } from 'node:fs';

const NANOS_PER_MS = 1_000_000;

/** CPU time of a process, of all its threads. Linux's own account, in nanoseconds; /proc/<pid>/stat counts in steps of ten milliseconds. */
export function readCpuMs(pid: number): number {
  const nanos = readdirSync(`/proc/${pid}/task`).map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, n) => sum + n, 0) / NANOS_PER_MS;
}
