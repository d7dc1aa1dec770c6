import { MAX_CONDITION_FIELD_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';

const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const field = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_CONDITION_FIELD_LENGTH),
  z.refine(
    (path) => path.split('.').every((key) => key !== '' && !PROTOTYPE_KEYS.has(key)),
    'expected a property, or a path to one such as "ShippingAddress.City"',
  ),
);
const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number, true or false' });

/** How a property may be compared. */
export const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'exists'] as const;

/** One condition on a property of an event. Each operator says what it compares with. */
export const ConditionSchema = z.discriminatedUnion(
  'op',
  [
    z.strictObject({ field, op: z.enum(['eq', 'ne', 'contains']), value: scalar }),
    z.strictObject({ field, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number({ error: 'expected a number' }) }),
    z.strictObject({
      field,
      op: z.literal('in'),
      value: z.array(scalar, { error: 'expected a list' }).check(z.minLength(1)),
    }),
    z.strictObject({ field, op: z.literal('exists'), value: z._default(z.boolean(), true) }),
  ],
  { error: `expected { "field", "op": one of ${OPERATORS.join(', ')}, "value" }` },
);
export type Condition = z.infer<typeof ConditionSchema>;
