import { onTestFinished, vi } from 'vitest';
import type { Platform } from '../../src/lib/setUpLane.ts';
import { startSluice } from '../../src/lib/startSluice.ts';
import { gzip } from '../../src/node/gzip.ts';
import type { Dropped, Problem, SluiceOptions } from '../../src/types.ts';
import { createSink, type Sink } from './createSink.ts';

/** The SDK in front of a sink without a network, and all that it told. */
export function openSluice(
  options: Partial<SluiceOptions> = {},
  { sink = createSink(), ...platform }: Partial<Platform> & { sink?: Sink } = {},
) {
  const { sluice, atRisk } = startSluice(
    { secretKey: 'sk_test', endpoint: 'https://events.example.com', fetch: sink.fetch, ...options },
    { store: undefined, gzip, now: Date.now, random: () => 1, ...platform },
  );
  const dropped: Dropped[] = [];
  const delivered: string[] = [];
  const problems: Problem[] = [];
  sluice.on('dropped', (event) => dropped.push(event));
  sluice.on('delivered', ({ messageId }) => delivered.push(messageId));
  sluice.on('error', (problem) => problems.push(problem));
  return { sluice, sink, dropped, delivered, problems, atRisk };
}

/** Timers stand still until the test moves them; network and files go on. */
export function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
}
