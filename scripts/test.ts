import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeResults } from './test/writeResults.ts';

// Everything a change needs: `npm run verify` is the fast part, `npm run test:long` the same with full counts.

const ROOT = join(import.meta.dirname, '..');
const fast = process.argv.includes('--fast');
const long = process.argv.includes('--long');

interface Stage {
  name: string;
  /** Left out of `npm run verify`. */
  slow?: true;
  /** Only in `npm run test:long`. */
  long?: true;
  /** Mostly waits for processes and pages: runs beside the others, which mostly compute. */
  beside?: true;
  command: string[];
  /** @default the root */
  cwd?: string;
}

export interface StageResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Each failed test as one line: file, name, and how its error begins. */
  failures: string[];
}

const STAGES: Stage[] = [
  { name: 'build', command: ['turbo', 'run', 'build', '--output-logs=errors-only'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['turbo', 'run', 'types', '--output-logs=errors-only'] },
  { name: 'types of the scripts', command: ['tsc', '-p', 'scripts'] },
  { name: 'the documents', command: ['node', 'scripts/docs.ts', '--check'] },
  { name: "the Worker's bundle", command: ['node', 'packages/edge-proxy/scripts/bundle.ts'] },
  vitest('scripts', 'scripts/vitest.config.ts'),
  vitest('shared', 'packages/shared/vitest.config.ts'),
  vitest('edge-proxy, unit', 'packages/edge-proxy/vitest.unit.config.ts'),
  vitest('klaviyo-emulator', 'packages/klaviyo-emulator/vitest.config.ts'),
  { name: "the emulator's rules, off", command: ['node', 'packages/klaviyo-emulator/test/mutate.ts'], long: true },
  vitest('edge-proxy, in workerd', 'packages/edge-proxy/vitest.config.ts'),
  { ...vitest('edge-proxy, in virtual time', 'packages/edge-proxy/vitest.model.config.ts'), slow: true },
  { ...vitest('edge-proxy, killed', 'packages/edge-proxy/vitest.kill.config.ts'), slow: true },
  { ...vitest('node-sdk', 'packages/node-sdk/vitest.config.ts'), slow: true },
  { ...vitest('the example back end', 'examples/node-backend/vitest.config.ts'), slow: true },
  { ...vitest('browser-sdk, in Chromium', 'packages/browser-sdk/vitest.config.ts'), slow: true, beside: true },
  { ...vitest('the example storefront', 'examples/storefront/vitest.config.ts'), slow: true, beside: true },
  { ...vitest('end to end', 'e2e/vitest.config.ts'), slow: true, beside: true },
];

const results: StageResult[] = [];
const reports = await mkdtemp(join(tmpdir(), 'sluice-test-'));
const stages = STAGES.filter((stage) => !(fast && stage.slow) && (long || !stage.long));
const [build, ...others] = stages;
if (build) results.push(await run(build));
const beside = others.filter((stage) => stage.beside);
const rest = others.filter((stage) => !stage.beside);
// The long run measures memory, and has the machine to itself.
if (long) await runAll([...rest, ...beside]);
else await Promise.all([runAll(rest), runAll(beside)]);
await rm(reports, { recursive: true });

const total = (key: 'passed' | 'failed' | 'skipped') => results.reduce((sum, result) => sum + result[key], 0);
for (const { name, passed, failed, seconds } of results) {
  console.log(
    `${failed > 0 ? '✗' : '✓'} ${name.padEnd(28)} ${String(passed).padStart(5)} passed ${seconds.toFixed(0).padStart(5)} s`,
  );
}
// Once more at the end: whoever sees only the last lines must see what failed.
for (const { name, failures } of results) for (const failure of failures) console.log(`\n✗ ${name}: ${failure}`);
if (long) await writeResults(ROOT, results);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exit(total('failed') > 0 ? 1 : 0);

function vitest(name: string, config: string): Stage {
  return { name, command: ['vitest', 'run', '--config', basename(config)], cwd: dirname(config) };
}

async function runAll(track: readonly Stage[]): Promise<void> {
  for (const stage of track) results.push(await run(stage));
}

/** Runs one stage; a stage without a report of its own (lint, types) counts as one test. */
async function run({ name, command, cwd = '.' }: Stage): Promise<StageResult> {
  const started = Date.now();
  const report = join(reports, `${STAGES.findIndex((stage) => stage.name === name)}.json`);
  const isVitest = command[0] === 'vitest';
  const reporters = isVitest ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
  const { code, output } = await capture([...command, ...reporters], join(ROOT, cwd));
  // As a whole: two stages at once would be one illegible text.
  console.log(`\n── ${name}\n${output}`);
  const counts = isVitest
    ? await readCounts(report)
    : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0, failures: [] };
  // A runner that failed without a failing test, or ran none at all, has failed.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (isVitest && counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
  return { name, ...counts, seconds: (Date.now() - started) / 1000 };
}

function capture([command = '', ...args]: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    WRANGLER_SEND_METRICS: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    ...(long ? { SLUICE_TEST_LONG: '1' } : {}),
  };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}

/** What is read of `--reporter=json`. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0] ?? '';
}

async function readCounts(report: string): Promise<Omit<StageResult, 'name' | 'seconds'>> {
  try {
    const written: VitestReport = JSON.parse(await readFile(report, 'utf8'));
    const failures = written.testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message ? [`${basename(name)}: ${firstLine(message)}`] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map((test) => `${basename(name)} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`),
    ]);
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = written;
    return { passed, failed, skipped, failures };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['the runner wrote no report'] };
  }
}
