import { createKlaviyoClient, type KlaviyoCall } from '../klaviyo/client.ts';
import { noteAnswer } from './figures/noteAnswer.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { permitAt } from './permitAt.ts';
import { clearStops } from './stops.ts';
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
    if (permitAt(outbox, request.operation) > outbox.now()) return { kind: 'no_answer', why: 'paced' };
    const sentMs = outbox.now();
    const id = beginCall(outbox.sql, request.operation, sentMs);
    const answer = await client(request);
    endCall(outbox.sql, id, outbox.now());
    if (answer.kind === 'response') outbox.noteLimits(request.operation, answer.rateLimit);
    if (answer.kind === 'response' && answer.status < 300)
      outbox.stops = clearStops(outbox.stops, request.operation, outbox.now());
    noteAnswer(outbox, request.operation, answer, outbox.now() - sentMs);
    return answer;
  };
}
