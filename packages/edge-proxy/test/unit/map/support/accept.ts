import { MessageSchema } from '@sluice/shared';
import type { AcceptedEvent } from '../../../../src/ingest/acceptedEvent.ts';

export const timeMs = Date.UTC(2026, 6, 1, 12);

/** Takes a message in as the door does. */
export function accept(message: unknown, more: Partial<AcceptedEvent> = {}): AcceptedEvent {
  const parsed = MessageSchema.parse(message);
  return { message: parsed, id: parsed.messageId ?? 'msg-1', timeMs, purpose: 'tracking', ...more };
}
