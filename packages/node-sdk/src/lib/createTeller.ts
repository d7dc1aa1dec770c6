import type { Kind } from '../types.ts';
import type { Emitter } from './createEmitter.ts';
import type { Verdict } from './createLedger.ts';

/** What is told of a message: its id, and how it is called. */
interface Named {
  messageId?: unknown;
  event?: unknown;
  name?: unknown;
}

/** Tells listeners what became of an entry, which is read only where someone listens. A loss is never silent. */
export function createTeller({ emit, hears, warnOnce }: Emitter) {
  return function tell(kind: Kind, verdict: Verdict, read: () => Named): void {
    if (!hears(verdict.ok ? 'delivered' : 'dropped')) {
      if (!verdict.ok)
        warnOnce(`dropped as ${verdict.reason}`, `a message${verdict.path ? `, for its ${verdict.path}` : ''}.`);
      return;
    }
    const { messageId: id, event, name } = read();
    const messageId = String(id ?? '');
    if (verdict.ok) {
      emit('delivered', { messageId });
      return;
    }
    // Decisions go by their kind, for want of a name.
    const label = event ?? name ?? (kind === 'message' ? undefined : kind);
    const { reason, path } = verdict;
    emit('dropped', {
      reason,
      messageId,
      ...(path !== undefined && { path }),
      ...(typeof label === 'string' && { event: label }),
    });
  };
}
