import type { AcceptedEvent, FoldedEvent } from './acceptedEvent.ts';

/**
 * Leaves out of each event what is as in the one before it. A batch says most of it once, and enrichment finds it out
 * once: written with each event, it would be three quarters of a queue message. `unfoldMessage` is the way back.
 */
export function foldEvents(events: readonly AcceptedEvent[]): FoldedEvent[] {
  let before: AcceptedEvent | undefined;
  return events.map((event) => {
    const folded = fold(event, before);
    before = event;
    return folded;
  });
}

function fold(event: AcceptedEvent, before: AcceptedEvent | undefined): FoldedEvent {
  const { message, id, timeMs, purpose, onlyTransactional, location, visit } = event;
  return {
    message: {
      ...message,
      anonymousId: changeOf(message.anonymousId, before?.message.anonymousId),
      userId: changeOf(message.userId, before?.message.userId),
      context: changeOf(message.context, before?.message.context),
    },
    id: id === message.messageId ? undefined : id,
    timeMs,
    purpose,
    onlyTransactional,
    location: changeOf(location, before?.location),
    visit: changeOf(visit, before?.visit),
  } as FoldedEvent;
}

/** Objects are compared as such: the events of a batch that have the same share one. */
function changeOf<T>(value: T, before: T): T | null | undefined {
  return value === before ? undefined : (value ?? null);
}
