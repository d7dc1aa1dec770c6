const MICROS_PER_MS = 1000;

/** CPU time of this process, in milliseconds, while `work` runs: of every thread, so garbage collection counts. */
export async function measureCpu(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROS_PER_MS;
}
