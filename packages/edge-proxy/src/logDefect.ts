/** One structured log line for something that should not happen. */
export function logDefect(message: string, error: unknown): void {
  console.error(JSON.stringify({ message, error: error instanceof Error ? error.stack : String(error) }));
}
