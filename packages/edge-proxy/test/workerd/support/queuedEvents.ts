import type { AcceptedEvent, IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { unfoldMessage } from '../../../src/ingest/unfoldMessage.ts';

/** The events that a queue holds, each whole, as its consumer reads them. */
export function queuedEvents(queue: readonly IngestMessage[]): AcceptedEvent[] {
  return queue.map(unfoldMessage).flatMap((message) => (message.kind === 'events' ? message.events : []));
}
