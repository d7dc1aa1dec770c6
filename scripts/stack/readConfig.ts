import { readFile } from 'node:fs/promises';
import { type Config, parseConfig } from '@sluice/shared';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** Reads and checks a configuration file. Throws one message that lists all that is wrong. */
export async function readConfig(path: string): Promise<Config> {
  const errors: ParseError[] = [];
  const value: unknown = parse(await readFile(path, 'utf8'), errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new Error(`${path}: ${printParseErrorCode(error.error)} at character ${error.offset}`);
  const parsed = parseConfig(value);
  if (!parsed.ok) {
    const lines = parsed.problems.map((problem) => `  ${problem.path}: ${problem.expected}`);
    throw new Error(`${path} is not valid:\n${lines.join('\n')}`);
  }
  return parsed.config;
}
