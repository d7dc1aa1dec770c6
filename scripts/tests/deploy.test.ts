import { parseConfig } from '@sluice/shared';
import { expect, test } from 'vitest';
import { refuseDemo } from '../deploy/refuseDemo.ts';
import { runNode } from './runNode.ts';

test("does not deploy the repository's own configuration: exit code 1 before wrangler runs", () => {
  expect(runNode('scripts/deploy.ts')).toEqual({
    code: 1,
    said: 'sluice.config.jsonc: give the source "web" a write key of its own.\n',
  });
});

test.for(['http://localhost:8789', 'http://shop.localhost', 'http://127.0.0.1:8789', 'https://[::1]'])(
  'refuses the origin %s',
  (origin) => {
    expect(() => refuseDemo(configOf('wk_own_key', origin))).toThrow(
      `"web" still has the origins ${origin}; put the shop's in their place.`,
    );
  },
);

test.for(['https://shop.example', 'https://localhost.example', '*'])('lets %s pass', (origin) => {
  expect(() => refuseDemo(configOf('wk_own_key', origin))).not.toThrow();
});

test("refuses the demo's key with any origin", () => {
  expect(() => refuseDemo(configOf('wk_demo', 'https://shop.example'))).toThrow('a write key of its own');
});

function configOf(writeKey: string, origin: string) {
  const parsed = parseConfig({ sources: [{ id: 'web', kind: 'public', writeKey, origins: [origin] }] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}
