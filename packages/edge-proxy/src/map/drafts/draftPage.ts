import { DERIVED_METRICS, type JsonObject } from '@sluice/shared';
import { readText } from '../read/readText.ts';
import type { Draft } from './draft.ts';

interface PageFacts {
  type: 'page' | 'screen';
  properties: JsonObject;
  messageKey: string;
  /** The session that this view began, if it began one. */
  startedSession: string | undefined;
}

/** A page or screen view, and the visit that it began. */
export function draftPage({ type, properties, messageKey, startedSession }: PageFacts): Draft[] {
  const view: Draft = { metric: DERIVED_METRICS[type], uniqueId: messageKey, properties };
  if (startedSession === undefined) return [view];
  return [view, { metric: DERIVED_METRICS.session, uniqueId: startedSession, properties: describeVisit(properties) }];
}

/** Where the visit began; the rest is on the page view. */
function describeVisit(properties: JsonObject): JsonObject {
  const page = readText(properties.url) ?? readText(properties.name);
  const referrer = readText(properties.referrer);
  return { ...(page && { page }), ...(referrer && { referrer }) };
}
