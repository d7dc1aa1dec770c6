import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../node_modules/crawler-user-agents');

/**
 * src/enrich/botPatterns.ts as the package has it. The package itself would weigh 80 KB in the Worker, nearly all of it
 * example user agents; the patterns alone are 10.
 */
export function renderBotPatterns(): string {
  const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
  const crawlers = JSON.parse(read('crawler-user-agents.json')) as { pattern: string }[];
  const license = read('LICENSE').trim().replace(/^/gm, ' * ').replace(/ +$/gm, '');
  return `/*
 * Written by scripts/botPatterns.ts from ${name} ${version}, whose licence is:
 *
${license}
 */

/** What the user agents of bots look like, each a regular expression. */
export const BOT_PATTERNS: readonly string[] = [
${crawlers.map(({ pattern }) => `  ${quote(pattern)},`).join('\n')}
];
`;
}

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}

/** As the formatter quotes. */
function quote(pattern: string): string {
  const escaped = pattern.replaceAll('\\', '\\\\');
  return escaped.includes("'") ? `"${escaped}"` : `'${escaped}'`;
}
