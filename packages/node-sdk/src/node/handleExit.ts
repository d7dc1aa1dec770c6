import type { Started } from '../lib/startSluice.ts';

/** Marks our listeners, also those of another copy of this module (ESM beside CommonJS). */
const OURS = Symbol.for('@sluice/node exit');
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Flushes when the process is told to end, or has nothing left to do. */
export function handleExit({ sluice, atRisk, report, lastFlush, onClose }: Started, timeoutMs: number): void {
  let hasFailed = false;
  let isEnding = false;

  // Emitted again after each flush: what an awaiting program goes on to track is sent too, but no failure is repeated.
  const onBeforeExit = async () => {
    if (hasFailed || sluice.waiting === 0) return;
    const { ok } = await lastFlush(timeoutMs);
    hasFailed = !ok;
  };

  const onSignal = async (signal: NodeJS.Signals) => {
    // Where another listens too, or as the first process of a container, which no signal ends by default
    // (pid_namespaces(7)), the process may live on for long: what it still tracks must find us open.
    const isOurs = process.pid !== 1 && process.listeners(signal).every((listener) => OURS in listener);
    if (!isOurs) {
      await lastFlush(timeoutMs);
      return;
    }
    // A listener keeps the signal from ending the process. Nobody but us listens, so the last one of us ends it.
    if (!isEnding) {
      isEnding = true;
      await sluice.close({ timeoutMs });
    } else stopListening();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  Object.assign(onSignal, { [OURS]: true });

  const onExit = () => {
    const lost = atRisk();
    if (lost > 0) report({ code: 'lost_at_exit', message: `${lost} messages were not sent, and no spool has them.` });
  };

  const stopListening = () => {
    process.off('beforeExit', onBeforeExit).off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };

  process.on('beforeExit', onBeforeExit).on('exit', onExit);
  // First, because a listener added with `once` is gone when the next one looks.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  onClose(stopListening);
}
