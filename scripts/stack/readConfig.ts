import { readFile } from 'node:fs/promises';
import { type Config, parseConfig } from '@sluice/shared';
import { type ParseError, parse } from 'jsonc-parser';
import { describeSyntaxError } from './describeSyntaxError.ts';

/** Reads and checks a configuration file. Throws one message that says where it is wrong and what was expected. */
export async function readConfig(path: string): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw new Error(`${path} cannot be read: ${error.message}`);
    throw new Error(`${path} is missing: expected a file with the accounts and sources that the proxy serves.`);
  });
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new Error(`${path}:${describeSyntaxError(text, error)}`);
  const parsed = parseConfig(value);
  if (!parsed.ok) {
    const lines = parsed.problems.map((problem) => `  ${problem.path}: ${problem.expected}`);
    throw new Error(`${path} is not valid:\n${lines.join('\n')}`);
  }
  return parsed.config;
}
