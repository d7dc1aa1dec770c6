import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'rollup-plugin-esbuild';
import manifest from './package.json' with { type: 'json' };

const here = fileURLToPath(new URL('.', import.meta.url));
/** Types of both entries; each adds the one function that it exports. */
const SHARED = [
  'shared/src/plan/commerceEvents.generated.d.ts',
  'shared/src/plan/eventProperties.d.ts',
  'node-sdk/src/types.d.ts',
];

/** Writes declaration files that import nothing: the types, then the function, as tsc declares them. */
function declarations(entries) {
  return {
    name: 'declarations',
    generateBundle() {
      const outDir = mkdtempSync(join(tmpdir(), 'sluice-types-'));
      try {
        const tsc = join(here, '../../node_modules/.bin/tsc');
        execFileSync(tsc, ['-p', join(here, 'tsconfig.build.json'), '--outDir', outDir], { stdio: 'inherit' });
        for (const [name, file] of Object.entries(entries)) {
          const texts = [...SHARED, file].map((path) => readFileSync(join(outDir, path), 'utf8'));
          const source = texts.map((text) => text.replace(/^(import .*|export \{\};)\n/gm, '')).join('\n');
          const withDisposable = `/// <reference lib="esnext.disposable" />\n${source}`;
          for (const extension of ['d.ts', 'd.cts'])
            this.emitFile({ type: 'asset', fileName: `${name}.${extension}`, source: withDisposable });
        }
      } finally {
        rmSync(outDir, { recursive: true });
      }
    },
  };
}

const entries = { index: 'node-sdk/src/node/createSluice.d.ts', core: 'node-sdk/src/createSluice.d.ts' };
const dir = join(here, 'dist');

export default Object.keys(entries).map((name) => ({
  input: { [name]: join(here, `src/${name}.ts`) },
  external: /^node:/,
  plugins: [esbuild({ target: 'es2022', tsconfig: false, define: { __VERSION__: JSON.stringify(manifest.version) } })],
  output: [
    { dir, format: 'es', plugins: [declarations({ [name]: entries[name] })] },
    { dir, format: 'cjs', entryFileNames: '[name].cjs' },
  ],
}));
