import { createKlaviyoClient, type KlaviyoCall } from '../klaviyo/client.ts';
import { noteAnswer } from './figures/noteAnswer.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { permitAt } from './permitAt.ts';
import { clearStops, pausedUntil } from './stops.ts';
import { beginCall, endCall } from './tables/calls.ts';

/** The client, with each call written into the log that the rate limits are read from. What is taken reopens its operation. */
export function pacedCall(outbox: Outbox): KlaviyoCall {
  const { ground } = outbox;
  const { baseUrl, revision } = outbox.klaviyo;
  const client = createKlaviyoClient({
    baseUrl,
    revision,
    apiKey: outbox.settings.klaviyoKeys.get(outbox.account) ?? '',
    timeoutMs: CALL_TIMEOUT_MS,
    ...ground,
  });
  return async (request) => {
    const { operation } = request;
    const sentMs = outbox.now();
    if (Math.max(permitAt(outbox, operation), pausedUntil(outbox.stops, operation)) > sentMs)
      return { kind: 'no_answer', why: 'paced' };
    const id = beginCall(outbox.sql, operation, sentMs);
    const answer = await client(request);
    const now = outbox.now();
    endCall(outbox.sql, id, now);
    if (answer.kind === 'response') outbox.noteLimits(operation, answer.rateLimit);
    if (answer.kind === 'response' && answer.status < 300) {
      outbox.stops = clearStops(outbox.stops, operation, now);
      outbox.takenMs.set(operation, now);
    }
    noteAnswer(outbox, operation, answer, now - sentMs);
    return answer;
  };
}
