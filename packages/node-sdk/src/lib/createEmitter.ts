import type { SluiceEvents } from '../types.ts';

type Listeners = { [Name in keyof SluiceEvents]: Set<(event: SluiceEvents[Name]) => void> };

export type Emitter = ReturnType<typeof createEmitter>;

/** Tells listeners what happened. One that throws takes neither the others nor the caller with it. */
export function createEmitter() {
  const listeners: Listeners = { delivered: new Set(), dropped: new Set(), error: new Set() };
  const warned = new Set<string>();

  const emit = <Name extends keyof SluiceEvents>(name: Name, event: SluiceEvents[Name]): void => {
    for (const listener of listeners[name]) {
      try {
        listener(event);
      } catch {
        // The listener's own affair.
      }
    }
  };

  /** For what nobody listens to: the first of its kind goes to the console. */
  const warnOnce = (kind: string, text: string): void => {
    if (warned.has(kind)) return;
    warned.add(kind);
    console.warn(`[sluice] ${kind}: ${text}`);
  };

  return {
    emit,
    on<Name extends keyof SluiceEvents>(name: Name, listener: (event: SluiceEvents[Name]) => void): () => void {
      listeners[name].add(listener);
      return () => void listeners[name].delete(listener);
    },
    hears: (name: keyof SluiceEvents) => listeners[name].size > 0,
    warnOnce,
    /** Reports a problem. */
    report(problem: SluiceEvents['error']): void {
      if (listeners.error.size === 0) warnOnce(problem.code, problem.message);
      emit('error', problem);
    },
  };
}
