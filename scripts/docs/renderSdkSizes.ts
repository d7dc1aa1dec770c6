import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const README = 'packages/browser-sdk/README.md';
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

/** The SDK's README with the sizes of the files that the build wrote; as it is where nothing is built. */
export async function renderSdkSizes(root: string): Promise<Record<string, string>> {
  const readme = await readFile(join(root, README), 'utf8');
  try {
    const rows = await Promise.all(FILES.map((name) => describe(root, `${name}.js`)));
    const table = ['| file | bytes | gzip |', '| --- | --- | --- |', ...rows].join('\n');
    const [before = '', rest = ''] = readme.split(START);
    return { [README]: `${before}${START}\n${table}\n\n${END}${rest.split(END)[1] ?? ''}` };
  } catch {
    console.warn('packages/browser-sdk is not built: the sizes in its README are not checked.');
    return {};
  }
}

async function describe(root: string, file: string): Promise<string> {
  const code = await readFile(join(root, 'packages/browser-sdk/dist', file));
  const gzip = gzipSync(code, { level: 9 }).length;
  return `| \`${file}\` | ${code.length.toLocaleString('en-US')} | ${gzip.toLocaleString('en-US')} |`;
}
