import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { checkKlaviyo } from './stack/checkKlaviyo.ts';
import { createStack, type Stack } from './stack/createStack.ts';
import { readConfig } from './stack/readConfig.ts';
import { renderWelcome } from './stack/renderWelcome.ts';
import { runToEnd } from './stack/runToEnd.ts';

const ROOT = join(import.meta.dirname, '..');
const apiKey = process.env.KLAVIYO_API_KEY;
const listId = process.env.KLAVIYO_LIST_ID || null;
const verbose = process.argv.includes('--verbose');
// SLUICE_PORTS is for tests, which cannot know that these three are free.
const [proxy = 8787, storefront = 8789, emulator = 8790] = process.env.SLUICE_PORTS?.split(',').map(Number) ?? [];

let stack: Stack | undefined;
let ending = false;
const starting = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const account = config.accounts.main;
  stack = createStack({
    config,
    stateDir: join(ROOT, '.sluice', nameState(apiKey)),
    ports: { proxy, storefront, emulator },
    ...(apiKey ? { klaviyo: { apiKey, listId } } : {}),
    onLine: (name, line) => {
      // Our own log lines carry no secret and no personal data; the tools' chatter is for --verbose.
      if (verbose || line.includes('{"message"')) process.stderr.write(`${name} | ${line}\n`);
    },
  });
  await stack.assertPortsFree();
  process.stdout.write('Building and starting …\n');
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  await runToEnd('turbo', ['run', 'build', '--output-logs=errors-only'], { cwd: ROOT, env, signal: starting.signal });
  const problem = apiKey && account ? await checkKlaviyo({ apiKey, listId }, account) : undefined;
  if (problem) throw new Error(problem);
  await stack.start();
  process.stdout.write(renderWelcome(stack.urls, listId));
} catch (error) {
  if (!ending) process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  await end(1);
}

/** A second signal, while the first is obeyed, changes nothing: the children are on their way out. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  starting.abort();
  await stack?.stop();
  process.exit(code);
}

/** One folder a key: what waited for one account, or for the emulator, must never reach another. */
function nameState(key: string | undefined): string {
  return key ? `klaviyo-${createHash('sha256').update(key).digest('hex').slice(0, 8)}` : 'emulator';
}
