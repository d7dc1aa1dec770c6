import { isJsonObject, type Json, type Message } from '@sluice/shared';
import { searchOf } from './searchOf.ts';

export interface Page {
  url: string | undefined;
  /** With its question mark; empty where there is none. */
  search: string;
  /** Empty where the visitor came from nowhere; undefined where the sender does not say. */
  referrer: string | undefined;
  /** RudderStack's SDK remembers the first one ever, and so does ours, with the rest of what first led to the shop. */
  initialReferrer: string | undefined;
}

/** The page that an event happened on, as Segment's SDKs tell of it in the context, and older ones in a page view itself. */
export function readPage(message: Message): Page {
  const { context } = message;
  const said = isJsonObject(context?.page) ? context.page : message.type === 'page' ? (message.properties ?? {}) : {};
  const referrer = isJsonObject(context?.referrer) ? context.referrer.url : undefined;
  const first = isJsonObject(context?.firstTouch) ? context.firstTouch : {};
  const url = asText(said.url);
  return {
    url,
    search: asText(said.search) || searchOf(url),
    referrer: asReferrer(said.referrer) ?? asReferrer(referrer),
    initialReferrer: asReferrer(said.initial_referrer) ?? asReferrer(first.referrer),
  };
}

/** RudderStack's word for none. */
function asReferrer(value: Json | undefined): string | undefined {
  return value === '$direct' ? '' : asText(value);
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
