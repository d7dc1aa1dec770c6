/** One log line for a hook that failed: where, but not its words, which may quote a person. */
export function logHookDefect(hook: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const at = stack.split('\n').filter((line) => FRAME.test(line));
  const name = error instanceof Error ? error.constructor.name : typeof error;
  console.error(JSON.stringify({ message: 'a hook failed', hook, error: name, at }));
}

/** V8's form: `    at name (file:line:column)`. */
const FRAME = /^ {4}at .*:\d+:\d+\)?$/;
