import type { Config } from '@sluice/shared';
import type { Hooks } from '../hooks/hooks.ts';
import { mapFurther } from '../hooks/mapFurther.ts';
import type { WholeMessage } from '../ingest/acceptedEvent.ts';
import type { Item } from './item.ts';
import { mapEvent } from './mapEvent.ts';
import { mapSubscription } from './mapSubscription.ts';
import { noteOtherIds } from './noteOtherIds.ts';

/** The Klaviyo items of one queue message. */
export function mapMessage(body: WholeMessage, config: Config, hooks: Hooks = {}): Item[] {
  if (body.kind === 'subscribe') return mapSubscription(body.subscription, body.receivedAtMs);
  const { account, trusted, receivedAtMs } = body;
  const rules = config.rules.filter((rule) => rule.account === account);
  return body.events.flatMap((event) =>
    mapFurther(mapEvent(event, { config, trusted, receivedAtMs, rules }), event, hooks).map((item) =>
      noteOtherIds(item, event.message),
    ),
  );
}
