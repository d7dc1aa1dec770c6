import { readFileSync } from 'node:fs';
import { mustBe } from '../settings/mustBe.ts';
import { PLAIN_OPTIONS, type PlainOptions } from '../settings/options.ts';

/** EmulatorOptions from a JSON file. Throws with the file and the reason. */
export function readConfig(path: string): PlainOptions {
  try {
    const options: unknown = JSON.parse(readFileSync(path, 'utf8'));
    mustBe(PLAIN_OPTIONS, options);
    // Just looked at, down to the last value.
    return options as PlainOptions;
  } catch (error) {
    throw new Error(`Cannot use ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
