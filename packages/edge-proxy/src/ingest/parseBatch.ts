import {
  BatchSchema,
  isInstant,
  type JsonObject,
  MAX_BATCH_MESSAGES,
  MAX_BODY_BYTES,
  type MessageType,
} from '@sluice/shared';
import { countBytes } from '../countBytes.ts';
import { type Failure, fail } from './failure.ts';
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
  const envelope = type === undefined ? body : { batch: [{ ...body, type }], sentAt: body.sentAt };
  const parsed = BatchSchema.safeParse(envelope);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { batch, sentAt, ...defaults } = parsed.data;
  if (batch.length > MAX_BATCH_MESSAGES)
    return fail('body_too_large', `A batch has at most ${MAX_BATCH_MESSAGES} messages; ${batch.length} came.`);
  const contextBytes = weigh(defaults.context);
  // Every message carries the defaults from here on, so a small body could unfold to a very large one.
  if (contextBytes === undefined || contextBytes * batch.length > MAX_UNFOLDED_BYTES)
    return fail('body_too_large', 'The "context" of the batch nests too deep, or is too large for so many messages.');
  return {
    ok: true,
    messages: batch,
    defaults: { ...defaults, contextBytes },
    sentAt: typeof sentAt === 'string' && isInstant(sentAt) ? sentAt : undefined,
  };
}

function weigh(context: JsonObject | null | undefined): number | undefined {
  return measure(context) === undefined ? undefined : countBytes(JSON.stringify(context ?? null));
}
