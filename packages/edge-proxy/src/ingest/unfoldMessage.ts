import { isJsonObject } from '@sluice/shared';
import type { AcceptedEvent, FoldedEvent, IngestMessage, WholeMessage } from './acceptedEvent.ts';

/** A queue message with each event whole again, whichever version wrote it. */
export function unfoldMessage(body: IngestMessage): WholeMessage {
  if (body.v === 1) return body;
  let before: AcceptedEvent | undefined;
  const events = body.events.map((event) => {
    // What is none is left to whoever maps it to stumble over: it must cost no other.
    if (!isJsonObject(event?.message)) return event as AcceptedEvent;
    before = unfold(event, before);
    return before;
  });
  return { ...body, v: 1, events };
}

function unfold({ message, id, location, visit, ...event }: FoldedEvent, before: AcceptedEvent | undefined) {
  const { messageId, anonymousId, userId, context } = message;
  const whole = {
    ...event,
    message: {
      ...message,
      anonymousId: inherit(anonymousId, before?.message.anonymousId),
      userId: inherit(userId, before?.message.userId),
      context: inherit(context, before?.message.context),
    },
    id: id ?? messageId,
  } as AcceptedEvent;
  const [place, seen] = [inherit(location, before?.location), inherit(visit, before?.visit)];
  if (place) whole.location = place;
  if (seen) whole.visit = seen;
  return whole;
}

function inherit<T>(said: T | undefined, before: T | undefined): T | undefined {
  return said === undefined ? before : said;
}
