import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import type { KlaviyoConsent } from '../../consent/reconcile/readSubscriptions.ts';
import { readNextCursor } from '../../klaviyo/readNextCursor.ts';
import { readProfileIds } from '../../webhooks/readProfileIds.ts';
import type { Outbox } from '../Outbox.ts';
import { pacedCall } from '../pacedCall.ts';
import { heedAnswer } from '../readBack/heedAnswer.ts';
import { readConsentPage } from '../readBack/readConsents.ts';
import { openAt } from '../stops.ts';
import type { Feed } from './feeds.ts';
import { readProfiles } from './readProfiles.ts';

export interface FeedPage {
  consents: KlaviyoConsent[];
  /** Undefined after the last page. */
  next: string | undefined;
}

interface Place {
  sinceMs: number;
  page: string | null;
}

/** Reads one page of a feed, under the limits of all other calls. */
export async function readFeedPage(
  outbox: Outbox,
  feed: Feed,
  { sinceMs, page }: Place,
): Promise<FeedPage | 'refused' | 'unanswered'> {
  const metricId = feed.metric === undefined ? '' : await findMetric(outbox, feed.metric);
  if (metricId === undefined) return 'unanswered';
  // What never happened has no metric yet.
  if (metricId === null) return { consents: [], next: undefined };
  const query = feed.query(new Date(sinceMs).toISOString(), metricId);
  const json = await read(outbox, feed.operation, page === null ? query : { ...query, 'page[cursor]': page });
  if (typeof json === 'string') return json;
  const consents = await consentsOf(outbox, feed, json);
  return consents ? { consents, next: readNextCursor(json) } : 'unanswered';
}

/** Undefined while Klaviyo does not say; null where it has none of the name. */
async function findMetric(outbox: Outbox, name: string): Promise<string | null | undefined> {
  const known = outbox.metricIds.get(name);
  if (known !== undefined) return known;
  const json = await read(outbox, 'get_metrics', { filter: 'equals(integration.name,"Klaviyo")' });
  if (typeof json === 'string') return undefined;
  for (const { id, attributes } of rowsOf(json))
    if (typeof id === 'string' && isJsonObject(attributes)) outbox.metricIds.set(String(attributes.name), id);
  return outbox.metricIds.get(name) ?? null;
}

async function consentsOf(outbox: Outbox, feed: Feed, json: JsonObject): Promise<KlaviyoConsent[] | undefined> {
  return feed.metric === undefined
    ? readConsentPage(json, outbox.now())
    : readProfiles(outbox, readProfileIds(rowsOf(json)));
}

async function read(
  outbox: Outbox,
  operation: Feed['operation'] | 'get_metrics',
  query: Record<string, string>,
): Promise<JsonObject | 'refused' | 'unanswered'> {
  if (openAt(outbox.stops, operation) > outbox.now()) return 'unanswered';
  const answer = await pacedCall(outbox)({ operation, query });
  heedAnswer(outbox, operation, answer);
  if (answer.kind !== 'response' || (answer.status !== 200 && answer.status !== 400)) return 'unanswered';
  if (answer.status === 400) return 'refused';
  // A page that something else answered would pass for the last one.
  return isJsonObject(answer.json) && Array.isArray(answer.json.data) ? answer.json : 'unanswered';
}

function rowsOf({ data }: JsonObject): JsonObject[] {
  return Array.isArray(data) ? data.filter((row: Json) => isJsonObject(row)) : [];
}
