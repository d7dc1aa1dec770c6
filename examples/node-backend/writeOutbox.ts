import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageOptions, SubscribeRequest } from '@sluice/node';

/** Stands in an event's place where a person signs up for news. */
export const SIGN_UP = 'subscribe';

export type Report =
  | { event: 'Order Completed' | 'Order Cancelled'; properties: object; options: MessageOptions }
  | { event: typeof SIGN_UP; properties: SubscribeRequest; options?: undefined };

/**
 * Notes what is to be reported. The message's id is born here, in the transaction, so that however often the row is
 * sent it is one event.
 */
export function writeOutbox(db: DatabaseSync, { event, properties, options = {} }: Report): void {
  db.prepare('INSERT INTO outbox (message_id, event, properties, options) VALUES (?, ?, ?, ?)').run(
    randomUUID(),
    event,
    JSON.stringify(properties),
    JSON.stringify(options),
  );
}
