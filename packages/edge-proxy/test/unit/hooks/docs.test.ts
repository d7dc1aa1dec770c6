import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('docs/hooks.md shows the example that is tested', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../../..', path), 'utf8');
  const [, example = 'no example'] = read('packages/edge-proxy/test/workerd/hooks/shopHooks.ts').split('Hooks = {\n');
  expect(read('docs/hooks.md')).toContain(example.slice(0, example.lastIndexOf('};')));
});
