import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const FILE = join(import.meta.dirname, 'src/page/script.generated.ts');

/** src/page/client as the text of the page's one module. It is kept in the tree, since the emulator runs from source. */
export async function renderPageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'src/page/client/main.ts')],
    absWorkingDir: import.meta.dirname,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
  });
  const script = outputFiles[0]?.text ?? '';
  const quoted = script.replaceAll(/[\\`]|\$\{/g, '\\$&');
  return `/** Made from src/page/client by page.build.ts: change it there, then run \`npm run page\`. */\nexport const PAGE_SCRIPT = \`${quoted}\`;\n`;
}

if (import.meta.main) await writeFile(FILE, await renderPageScript());
