import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../stack/readConfig.ts';

let dir: string;
let path: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-config-'));
  path = join(dir, 'sluice.config.jsonc');
});
afterAll(() => rm(dir, { recursive: true }));

const SOURCE = `{ "id": "web", "kind": "public", "writeKey": "wk_shop", "origins": ["https://shop.example"] }`;

test('the configuration of the repository is valid', async () => {
  const config = await readConfig(join(import.meta.dirname, '../../sluice.config.jsonc'));
  expect(config.sources.map(({ id }) => id)).toEqual(['web', 'backend']);
});

test('reads comments and trailing commas, and fills in the defaults', async () => {
  await writeFile(path, `// The shop\n{ "sources": [${SOURCE},], }`);
  const { accounts, sources } = await readConfig(path);
  expect({ accounts: Object.keys(accounts), policy: sources[0]?.policy }).toEqual({
    accounts: ['main'],
    policy: 'default',
  });
});

test('says that the file is missing', async () => {
  const missing = join(dir, 'nothing.jsonc');
  await expect(readConfig(missing)).rejects.toThrow(
    `${missing} is missing: expected a file with the accounts and sources that the proxy serves.`,
  );
});

test('says why it cannot read', async () => {
  await expect(readConfig(dir)).rejects.toThrow(`${dir} cannot be read: EISDIR`);
});

test.for([
  ['a missing comma', '{\n  "accounts": {}\n  "sources": []\n}', '3:3: expected a comma'],
  ['the same with Windows line ends', '{\r\n  "accounts": {}\r\n  "sources": []\r\n}', '3:3: expected a comma'],
  ['a missing brace', '{ "sources": []', '1:16: expected }'],
  ['a name without quotes', '{ sources: [] }', '1:3: expected a string between double quotes'],
  ['a missing value', '{ "sources": }', '1:14: expected a value'],
  ['an open string', '{\n "sources: []\n}', '2:2: expected the end of the string, "'],
  ['more after the end', '{ "sources": [] }\n]', '2:1: expected the end of the file'],
  ['an empty file', '', '1:1: expected a value'],
])('says where %s is and what was expected', async ([, text = '', said = '']) => {
  await writeFile(path, text);
  await expect(readConfig(path)).rejects.toThrow(`${path}:${said}`);
});

test('lists every problem of the content with its path', async () => {
  await writeFile(
    path,
    `{ "sources": [${SOURCE.replace('"https://shop.example"', '"shop.example"')}], "retentoin": 1 }`,
  );
  const error = await readConfig(path).catch((thrown: Error) => thrown.message);
  expect(String(error).split('\n')).toEqual([
    `${path} is not valid:`,
    '  sources.0.origins.0: expected an origin such as "https://shop.example", or "*"',
    expect.stringMatching(/^ {2}\(top\): .*"retentoin"/),
  ]);
});
