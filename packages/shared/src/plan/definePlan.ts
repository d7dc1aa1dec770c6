import type * as z from 'zod';

/** Schemas of the properties of some events, by the event's name. */
export type Plan = Readonly<Record<string, z.ZodObject>>;

/** What a shop gives to `track`, by the event's name: the type for `createSluice<PlanEvents<typeof plan>>()`. */
export type PlanEvents<P extends Plan> = { [Event in keyof P]: z.input<P[Event]> };

/**
 * A tracking plan: which events there are, and what each says.
 * @example
 * const plan = definePlan({ 'Quiz Finished': z.object({ score: z.number() }) });
 */
export function definePlan<const P extends Plan>(events: P): P {
  return events;
}
