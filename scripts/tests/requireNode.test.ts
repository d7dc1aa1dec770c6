import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runNode } from './runNode.ts';

test.for(['dev.ts', 'test.ts', 'deploy.ts', 'docs.ts'])('without types to strip, %s is one clear message', (script) => {
  expect(runNode('--no-strip-types', '--import', './scripts/requireNode.mjs', `scripts/${script}`)).toEqual({
    code: 1,
    said: `Sluice's scripts need Node 22.18 or newer (this is ${process.versions.node}). On Linux x64 it comes with the install; elsewhere install it yourself.\n`,
  });
});

test('every script of the root that runs TypeScript asks for the right Node first', async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const unguarded = Object.entries<string>(scripts).filter(
    ([, command]) =>
      /scripts\/\S+\.ts/.test(command) && !command.startsWith('node --import ./scripts/requireNode.mjs '),
  );
  expect(unguarded).toEqual([]);
});
