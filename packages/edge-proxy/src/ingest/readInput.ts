import { type Failure, fail } from './failure.ts';

/** The part of a zod schema that is used here. */
interface Schema<T> {
  safeParse(
    input: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

/** Checks what was sent against its schema; the failure lists every problem by its path. */
export function readInput<T>(schema: Schema<T>, input: unknown): { ok: true; value: T } | Failure {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`);
  return fail('body_malformed', problems.join('; '));
}
