import { isJsonObject } from '@sluice/shared';
import { OPT_IN_TTL_MS } from '../../consent/limits.ts';
import type { Outbox } from '../Outbox.ts';
import { pacedCall } from '../pacedCall.ts';
import { openAt } from '../stops.ts';
import { heedAnswer } from './heedAnswer.ts';

/** How a list takes people in; `unknown` while it cannot be read. */
export type OptIn = 'single_opt_in' | 'double_opt_in' | 'unknown';

/** Whether a list asks its people to confirm. Read from Klaviyo, and remembered for an hour. */
export async function readOptIn(outbox: Outbox, list: string): Promise<OptIn> {
  const known = outbox.optIns.get(list);
  if (known && known.readMs > outbox.now() - OPT_IN_TTL_MS) return known.optIn;
  const operation = 'get_list';
  if (list === '' || openAt(outbox.stops, operation) > outbox.now()) return 'unknown';
  const answer = await pacedCall(outbox)({ operation, id: list, query: { 'fields[list]': 'opt_in_process' } });
  heedAnswer(outbox, operation, answer);
  const optIn = answer.kind === 'response' && answer.status === 200 ? optInOf(answer.json) : 'unknown';
  if (optIn !== 'unknown') outbox.optIns.set(list, { optIn, readMs: outbox.now() });
  return optIn;
}

/** What Klaviyo may come to call a third process is not taken for either. */
function optInOf(json: unknown): OptIn {
  const data = isJsonObject(json) && isJsonObject(json.data) ? json.data : {};
  const process = isJsonObject(data.attributes) ? data.attributes.opt_in_process : undefined;
  return process === 'single_opt_in' || process === 'double_opt_in' ? process : 'unknown';
}
