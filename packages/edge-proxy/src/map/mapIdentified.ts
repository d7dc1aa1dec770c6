import { DERIVED_METRICS, type IdentifyMessage } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import type { EventItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { toEventItem } from './toEventItem.ts';
import { identifyVisitor } from './who/identifyVisitor.ts';

/**
 * Maps an identify of a visitor to the event that merges the two at Klaviyo: profile changes know no anonymous id. It is
 * sent only if no other event brings both ids within a minute (deliver/Merges.ts).
 */
export function mapIdentified(event: AcceptedEvent, message: IdentifyMessage, settings: MapSettings): EventItem[] {
  const metric = DERIVED_METRICS.identified;
  const who = identifyVisitor(message, settings);
  const merges = who.anonymous_id !== undefined && (who.email ?? who.phone_number) !== undefined;
  if (!merges || settings.config.events.disabled.includes(metric)) return [];
  const draft = { metric, uniqueId: event.id, properties: {} };
  const item = toEventItem(draft, { event, who, settings, currency: undefined, cuts: [] });
  return [{ ...item, merges: true }];
}
