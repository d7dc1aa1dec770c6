import {
  BatchSchema,
  isJsonObject,
  type JsonObject,
  MAX_BATCH_MESSAGES,
  MAX_BODY_BYTES,
  type MessageType,
} from '@sluice/shared';
import { type Failure, fail } from './failure.ts';
import { fillDefaults } from './fillDefaults.ts';
import { isDeeperThan, MAX_DEPTH } from './parseMessage.ts';

/** Ours: what a batch may grow to by its defaults. */
const MAX_UNFOLDED_BYTES = 4 * MAX_BODY_BYTES;

export interface ParsedBatch {
  ok: true;
  /** As they came, with the batch's defaults filled in. Not checked yet: a bad one must not sink its neighbours. */
  messages: unknown[];
  sentAt: string | undefined;
}

/** Reads the envelope of a batch, or of a single message where the route names its type. */
export function parseBatch(body: JsonObject, type: MessageType | undefined): ParsedBatch | Failure {
  const envelope = type === undefined ? body : { ...body, batch: [{ ...body, type }] };
  const parsed = BatchSchema.safeParse(envelope);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { batch, sentAt, ...defaults } = parsed.data;
  if (batch.length > MAX_BATCH_MESSAGES)
    return fail('body_too_large', `A batch has at most ${MAX_BATCH_MESSAGES} messages; ${batch.length} came.`);
  const { context } = defaults;
  // Every message carries the defaults from here on, so a small body could unfold to a very large one.
  if (isDeeperThan(context, MAX_DEPTH) || JSON.stringify(context ?? '').length * batch.length > MAX_UNFOLDED_BYTES)
    return fail('body_too_large', 'The "context" of the batch nests too deep, or is too large for so many messages.');
  const messages = batch.map((message) => (isJsonObject(message) ? fillDefaults(message, defaults) : message));
  return {
    ok: true,
    messages,
    sentAt: typeof sentAt === 'string' && !Number.isNaN(Date.parse(sentAt)) ? sentAt : undefined,
  };
}
