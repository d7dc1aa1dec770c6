/** The build that scripts/dev.ts begins with: whoever runs these tests has built already. */
export async function runToEnd(command: string): Promise<void> {
  if (command !== 'turbo') throw new Error(`scripts/dev.ts runs "${command}", which these tests do not know.`);
}
