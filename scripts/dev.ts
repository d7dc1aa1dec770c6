import { checkKlaviyo } from './stack/checkKlaviyo.ts';
import { createStack } from './stack/createStack.ts';
import { runToEnd } from './stack/runToEnd.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const apiKey = process.env.KLAVIYO_API_KEY;
const listId = process.env.KLAVIYO_LIST_ID || null;
const verbose = process.argv.includes('--verbose');

const stack = createStack({
  // Apart, so that what waited for the emulator never reaches a real account.
  stateDir: `${ROOT}.sluice/${apiKey ? 'klaviyo' : 'emulator'}`,
  ports: { proxy: 8787, storefront: 8789, emulator: 8790 },
  ...(apiKey ? { klaviyo: { apiKey, listId } } : {}),
  onOutput: (name, text) => {
    // Our own log lines carry no secret and no personal data; the tools' chatter is for --verbose.
    if (verbose || text.includes('{"message"')) process.stderr.write(text.replace(/^(?=.)/gm, `${name} | `));
  },
});
let ending = false;
const starting = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  await stack.assertPortsFree();
  process.stdout.write('Building and starting …\n');
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  await runToEnd('turbo', ['run', 'build', '--output-logs=errors-only'], { cwd: ROOT, env, signal: starting.signal });
  const problem = apiKey ? await checkKlaviyo({ apiKey, listId }) : undefined;
  if (problem) throw new Error(problem);
  await stack.start();
  process.stdout.write(welcome(stack.urls));
} catch (error) {
  if (!ending) process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  await end(1);
}

/** A second signal, while the first is obeyed, changes nothing: the children are on their way out. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  starting.abort();
  await stack.stop();
  process.exit(code);
}

function welcome({
  storefront,
  proxy,
  emulator,
}: {
  storefront: string;
  proxy: string;
  emulator: string | null;
}): string {
  return `
Sluice is running.

  Shop      ${storefront}   accept the banner, click around, buy something
  Klaviyo   ${emulator ? `${emulator}   the local emulator: watch the events arrive` : 'the real one, with your KLAVIYO_API_KEY'}
  Proxy     ${proxy}   GET /healthz
${emulator || listId ? '' : '\nNo list is set, so newsletter sign-ups are refused: start with KLAVIYO_LIST_ID=… too.\n'}
Ctrl-C ends all of it; npm run reset forgets what was stored.
`;
}
