import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const README = 'packages/browser-sdk/README.md';
const BUDGET = 'packages/browser-sdk/test/bundle/bundle.test.ts';
const START = '<!-- Written by scripts/docs.ts from what the build wrote. -->\n';
const END = '<!-- End of what is written. -->';
const FILES = [
  'sluice.min',
  'index',
  'consent-mode',
  'tcf',
  'onetrust',
  'cookiebot',
  'shopify-privacy',
  'shopify-cart',
  'klaviyo',
];

/** The SDK's README with its budget, and with the sizes of the files that the build wrote where something is built. */
export async function renderSdkSizes(root: string): Promise<Record<string, string>> {
  const [, budget] = /MAX_GZIP_BYTES = (\d+)/.exec(await readFile(join(root, BUDGET), 'utf8')) ?? [];
  const readme = (await readFile(join(root, README), 'utf8')).replace(
    /[\d,]+(?= bytes gzipped)/,
    Number(budget).toLocaleString('en-US'),
  );
  try {
    const rows = await Promise.all(FILES.map((name) => describe(root, `${name}.js`)));
    const table = ['| file | bytes | gzip |', '| --- | --- | --- |', ...rows].join('\n');
    const [before = '', rest = ''] = readme.split(START);
    return { [README]: `${before}${START}\n${table}\n\n${END}${rest.split(END)[1] ?? ''}` };
  } catch {
    console.warn('packages/browser-sdk is not built: the sizes in its README are not checked.');
    return { [README]: readme };
  }
}

async function describe(root: string, file: string): Promise<string> {
  const code = await readFile(join(root, 'packages/browser-sdk/dist', file));
  const gzip = gzipSync(code, { level: 9 }).length;
  return `| \`${file}\` | ${code.length.toLocaleString('en-US')} | ${gzip.toLocaleString('en-US')} |`;
}
