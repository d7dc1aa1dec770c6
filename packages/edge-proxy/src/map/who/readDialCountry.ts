import type { Json, Message } from '@sluice/shared';
import { readCountry } from '../../consent/readCountry.ts';
import type { AcceptedEvent } from '../../ingest/acceptedEvent.ts';
import { readLocaleCountry } from './readLocaleCountry.ts';

/**
 * The country in which a message's numbers without a country code are dialled, ISO 3166-1; undefined when nobody says.
 * Of a page's visitor the edge knows it; for a server's customer only the message's own address and locale count.
 */
export function readDialCountry(event: AcceptedEvent, trusted: boolean): string | undefined {
  if (!trusted) return event.location?.country;
  const { message } = event;
  return readCountry(message, 'server', undefined) ?? localesOf(message).map(readLocaleCountry).find(Boolean);
}

function localesOf(message: Message): (Json | undefined)[] {
  const traits = message.type === 'identify' ? message.traits : undefined;
  return [traits?.locale, message.context?.locale];
}
