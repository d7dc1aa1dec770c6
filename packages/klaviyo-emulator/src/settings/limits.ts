import type { Rate } from '../limits.ts';
import { OPERATIONS } from '../operations.ts';
import type { LimitOptions } from '../rate/createLimiter.ts';
import { EXTRA_BUCKETS } from '../rate/findBuckets.ts';
import { fields, flag, named, positive, text, whole } from './shapes.ts';

const isBucket = (name: string) => Object.hasOwn(OPERATIONS, name) || EXTRA_BUCKETS.includes(name);

export const LIMITS = fields<LimitOptions>({
  enabled: flag,
  scale: positive,
  seed: text,
  operations: named(
    { expected: "an operation id such as 'create_event'", holds: isBucket },
    fields<Partial<Rate>>({ burstPerSecond: whole(1), steadyPerMinute: whole(1), perDay: whole(1) }),
  ),
});
