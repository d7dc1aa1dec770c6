import { setImmediate as turn } from 'node:timers/promises';
import { mean } from '../averages.ts';
import { CLIENTS } from './clients.ts';

// One SDK in a process of its own. Run with: SDK, task, address of the sink, folder of the spool or -,
// how many events, number of the first.

const MICROS_PER_MS = 1000;
const WARM_UP_ROUNDS = 20;
const ROUNDS = 40;
const EVENTS_PER_ROUND = 1000;

const [name = '', task = '', url = '', dir = '-', amount = '0', from = '0'] = process.argv.slice(2);
const client = CLIENTS[name]?.({
  url,
  isQuiet: task === 'enqueue' || task === 'memory',
  spool: dir === '-' ? undefined : dir,
});
if (!client) throw new Error(`There is no SDK '${name}'.`);
const say = (message: object) => process.send?.(message);

/** As requests do: a few events a turn of the event loop. */
async function trackAll(count: number, from: number, perTurn: number): Promise<void> {
  for (let n = 0; n < count; n += perTurn) {
    for (let at = n; at < n + perTurn; at++) client?.track(from + at);
    await turn();
  }
}

/** CPU of all threads, garbage collection included, in µs an event: tracked, and what follows in the same turn. */
async function enqueue(): Promise<number> {
  const micros: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const before = process.cpuUsage();
    await trackAll(EVENTS_PER_ROUND, round * EVENTS_PER_ROUND, 10);
    const { user, system } = process.cpuUsage(before);
    if (round >= WARM_UP_ROUNDS) micros.push((user + system) / EVENTS_PER_ROUND);
  }
  return mean(micros);
}

async function memory(): Promise<{ rss: number; heap: number }> {
  const read = () => {
    for (let n = 0; n < 3; n++) globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external };
  };
  await trackAll(100, 0, 10);
  const before = read();
  await trackAll(Number(amount), 100, 100);
  const after = read();
  return { rss: after.rss - before.rss, heap: after.heap - before.heap };
}

if (task === 'enqueue') say({ micros: await enqueue() });
else if (task === 'memory') say(await memory());
else if (task === 'resume') await client.close();
else {
  // What is loaded and compiled on the way is the same for all, and not what is measured.
  await turn();
  const before = process.cpuUsage();
  say({ startedMs: Date.now() });
  await trackAll(Number(amount), Number(from), task === 'deliver' ? 10 : 100);
  if (task === 'exit') process.exit(0);
  if (task === 'SIGTERM' || task === 'SIGKILL') process.kill(process.pid, task);
  else {
    process.on('message', () => {
      const { user, system } = process.cpuUsage(before);
      say({ cpuMs: (user + system) / MICROS_PER_MS });
    });
    await client.close();
  }
  // Whoever closes early still gets its time.
  setInterval(() => {}, MICROS_PER_MS);
}
if (task === 'enqueue' || task === 'memory' || task === 'resume') process.disconnect?.();
if (task === 'enqueue' || task === 'memory') process.exit(0);
