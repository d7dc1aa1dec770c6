import type { Config } from '@sluice/shared';
import type { IngestMessage } from '../ingest/acceptedEvent.ts';
import type { Item } from './item.ts';
import { mapEvent } from './mapEvent.ts';
import { mapSubscription } from './mapSubscription.ts';

/** The Klaviyo items of one queue message. */
export function mapMessage(body: IngestMessage, config: Config): Item[] {
  if (body.kind === 'subscribe') return mapSubscription(body.subscription, body.receivedAtMs);
  const { trusted, receivedAtMs } = body;
  return body.events.flatMap((event) => mapEvent(event, { config, trusted, receivedAtMs }));
}
