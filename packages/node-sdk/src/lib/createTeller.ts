import type { Kind, TrackResult } from '../types.ts';
import type { Emitter } from './createEmitter.ts';
import { describeDropped } from './describeDropped.ts';

/** Tells listeners what became of an entry. Its text is read only where someone listens. */
export function createTeller({ emit, hears }: Emitter) {
  return function tell(kind: Kind, result: TrackResult, readIt: () => string): void {
    if (result.ok) emit('delivered', { messageId: result.messageId });
    else if (hears('dropped')) emit('dropped', describeDropped(result, kind, readIt()));
  };
}
