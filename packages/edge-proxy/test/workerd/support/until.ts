/**
 * Waits for what another context does. A flag rather than a shared promise: the runtime ends the process when a promise
 * of one Durable Object's context is settled from another.
 */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}
