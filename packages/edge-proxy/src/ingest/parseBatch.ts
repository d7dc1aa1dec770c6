import {
  BatchSchema,
  isInstant,
  isJsonObject,
  type Json,
  type JsonObject,
  MAX_BATCH_MESSAGES,
  MAX_BODY_BYTES,
  type MessageType,
} from '@sluice/shared';
import { countBytes } from '../countBytes.ts';
import { type Failure, fail } from './failure.ts';
import type { BatchDefaults } from './fillDefaults.ts';
import { measure } from './measure.ts';
import type { MeasuredDefaults } from './parseMessage.ts';

/** Ours: what a batch may grow to by its defaults. */
const MAX_UNFOLDED_BYTES = 4 * MAX_BODY_BYTES;

export interface ParsedBatch {
  ok: true;
  /** As they came. Not checked yet: a bad one must not sink its neighbours. */
  messages: unknown[];
  /** What holds for each of them. */
  defaults: MeasuredDefaults;
  sentAt: string | undefined;
}

/** Reads the envelope of a batch, or of a single message where the route names its type. */
export function parseBatch(body: JsonObject, type: MessageType | undefined): ParsedBatch | Failure {
  const envelope: JsonObject = type === undefined ? body : { batch: [{ ...body, type }], sentAt: body.sentAt ?? null };
  const parsed = checkBatch(envelope) ?? BatchSchema.safeParse(envelope);
  if ('success' in parsed && !parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { batch, sentAt, ...defaults } = 'success' in parsed ? parsed.data : parsed;
  if (batch.length > MAX_BATCH_MESSAGES)
    return fail('body_too_large', `A batch has at most ${MAX_BATCH_MESSAGES} messages; ${batch.length} came.`);
  const maxBytes = measure(defaults);
  // Messages with a context of their own carry the batch's from here on: a small body could unfold to a very large one.
  if (maxBytes === undefined || isTooLarge(maxBytes, batch.length, defaults))
    return fail(
      'body_too_large',
      'What stands at the top for all messages nests too deep, or is too large for so many of them.',
    );
  return {
    ok: true,
    messages: batch,
    defaults: { ...defaults, maxBytes },
    sentAt: typeof sentAt === 'string' && isInstant(sentAt) ? sentAt : undefined,
  };
}

/** Rarely is it near enough to the limit to be written out and counted. */
function isTooLarge(maxBytes: number, messages: number, defaults: BatchDefaults): boolean {
  if (maxBytes * messages <= MAX_UNFOLDED_BYTES) return false;
  return countBytes(JSON.stringify(defaults)) * messages > MAX_UNFOLDED_BYTES;
}

/** What nearly all bodies are, as BatchSchema reads it, by plain comparisons; undefined leaves a body to the schema. */
function checkBatch({ batch, sentAt, anonymousId, userId, context }: JsonObject) {
  if (!Array.isArray(batch) || !isText(sentAt) || !isText(anonymousId) || !isText(userId)) return undefined;
  if (!isJsonObject(context) && context !== undefined) return undefined;
  return { batch, sentAt, anonymousId, userId, context };
}

function isText(value: Json | undefined): value is string | null | undefined {
  return typeof value === 'string' || value === undefined || value === null;
}
