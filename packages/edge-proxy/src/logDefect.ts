/** One structured log line for something that should not happen. */
export function logDefect(message: string, error: unknown): void {
  console.error(JSON.stringify({ message, error: describe(error) }));
}

function describe(error: unknown): string {
  // Its own stack says nothing of what went wrong.
  if (error instanceof AggregateError) return [error.message, ...error.errors.map(describe)].join('\n');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
