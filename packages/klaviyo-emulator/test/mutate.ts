import { registerHooks } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { RULES } from './rules/index.ts';
import type { Off, Rule } from './rules/Rule.ts';
import { openerOf } from './support/createTestEmulator.ts';

// Switches one rule after the other off, in a fresh copy of the emulator's modules, and plays its scene: a scene that
// still sees what it should see proves nothing about its rule.

// Far from UTC, as in vitest.config.ts.
process.env.TZ = 'Asia/Kolkata';

const SOURCE = new URL('../src/', import.meta.url).href;
const MUTANT = /\?mutant=(\d+)$/;
const PATIENCE_MS = 5000;

// What the emulator or a scene threw: a slip of the substitution, unless the rule is what keeps it from that.
let thrown: unknown[] = [];

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const [mutant] = MUTANT.exec(context.parentURL ?? '') ?? [];
    const ours = resolved.url.startsWith(SOURCE) && !MUTANT.test(resolved.url);
    return mutant !== undefined && ours ? { ...resolved, url: resolved.url + mutant } : resolved;
  },
  load(url, context, next) {
    const loaded = next(url, context);
    const off = RULES[Number(MUTANT.exec(url)?.[1] ?? Number.NaN)]?.off;
    if (off === undefined || url.replace(MUTANT, '') !== SOURCE + off.file) return loaded;
    return { ...loaded, source: switchOff(String(loaded.source), off) };
  },
});

function switchOff(source: string, { file, text, becomes }: Off): string {
  const [before = '', after, ...more] = source.split(text);
  if (after === undefined || more.length > 0)
    throw new Error(`expected once in ${file}, found ${more.length + (after === undefined ? 0 : 1)} times: ${text}`);
  return before + becomes + after;
}

/** What is wrong with a rule's proof; undefined when its scene passes with the rule and fails without it. */
async function findFault({ scene, seen, off }: Rule, number: number): Promise<string | undefined> {
  thrown = [];
  const { createEmulator } = await import(`${SOURCE}createEmulator.ts`);
  const kept = await play(() => scene(openerOf(createEmulator)));
  if (!isDeepStrictEqual(kept, seen)) return `fails with the rule in force: ${JSON.stringify(kept)}`;
  const { createEmulator: createMutant } = await import(`${SOURCE}createEmulator.ts?mutant=${number}`);
  const lost = await play(() => scene(openerOf(createMutant)));
  if (isDeepStrictEqual(lost, seen)) return 'passes with the rule switched off';
  const names = [...new Set(thrown.map((error) => (error instanceof Error ? error.name : String(error))))].join();
  return names === (off.throws ?? '') ? undefined : `threw when it went without its rule: ${thrown.join('; ')}`;
}

/** What a scene saw, or how it failed. */
async function play(scene: () => Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const timer = setTimeout(resolve, PATIENCE_MS, 'no end');
  scene().then(resolve, (error) => {
    thrown.push(error);
    resolve({ thrown: String(error) });
  });
  return promise.finally(() => clearTimeout(timer));
}

// The emulator reports what its handlers threw.
console.error = (error: unknown) => thrown.push(error);
let faults = 0;
for (const [number, rule] of RULES.entries()) {
  const fault = await findFault(rule, number).catch((error: Error) => error.message);
  if (fault !== undefined) faults += 1;
  console.log(`${fault === undefined ? '✓' : '✗'} ${rule.rule}${fault === undefined ? '' : `\n    ${fault}`}`);
}
const { length: breaking } = RULES.filter(({ off }) => off.throws);
console.log(`\n${RULES.length} rules switched off one by one, ${RULES.length - faults} noticed`);
console.log(`${breaking} of them break the emulator when they are off, and say so`);
process.exit(faults > 0 ? 1 : 0);
