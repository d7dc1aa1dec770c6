import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Writes one declaration file that imports nothing: the types, then the function, as tsc declares them. */
function declarations() {
  return {
    name: 'declarations',
    generateBundle() {
      const outDir = mkdtempSync(join(tmpdir(), 'sluice-types-'));
      try {
        const tsc = join(here, '../../node_modules/.bin/tsc');
        execFileSync(tsc, ['-p', join(here, 'tsconfig.build.json'), '--outDir', outDir], { stdio: 'inherit' });
        const files = [
          'shared/src/plan/commerceEvents.generated.d.ts',
          'shared/src/plan/eventProperties.d.ts',
          'browser-sdk/src/types.d.ts',
          'browser-sdk/src/createSluice.d.ts',
        ];
        const source = files
          .map((file) => readFileSync(join(outDir, file), 'utf8').replace(/^(import .*|export \{\};)\n/gm, ''))
          .join('\n');
        this.emitFile({ type: 'asset', fileName: 'index.d.ts', source });
      } finally {
        rmSync(outDir, { recursive: true });
      }
    },
  };
}

function printSize() {
  return {
    name: 'print-size',
    writeBundle(_options, bundle) {
      for (const { type, fileName, code } of Object.values(bundle)) {
        if (type === 'chunk')
          console.log(`${fileName}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
      }
    },
  };
}

/** Names that start with _ are ours alone and get short; no such name is ever stored or sent. */
const minify = (module) =>
  terser({
    module,
    ecma: 2021,
    compress: { passes: 3, inline: 1, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
    mangle: { properties: { regex: /^_/, reserved: ['_kx'] } },
  });

const plugins = [esbuild({ target: 'es2021', tsconfig: false, define: { __VERSION__: JSON.stringify(version) } })];

export default [
  {
    input: join(here, 'src/index.ts'),
    plugins,
    output: { file: join(here, 'dist/index.js'), format: 'es', plugins: [minify(true), declarations(), printSize()] },
  },
  {
    input: join(here, 'src/script.ts'),
    plugins,
    output: {
      file: join(here, 'dist/sluice.min.js'),
      format: 'iife',
      strict: false,
      plugins: [minify(false), printSize()],
    },
  },
];
