import type { Emulator } from '../Emulator.ts';

const TICK_MS = 200;

/** Lets a served emulator send its webhooks by itself; returns what ends that. */
export function startTicking(emulator: Emulator): () => void {
  const timer = setInterval(() => {
    // A bug in here must not take down whatever runs in the same process.
    emulator.tick().catch((error) => console.error(error));
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
