import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** What a shop imports beside the SDK, each alone: `@sluice/browser/<name>`. */
const ADAPTERS = ['consent-mode', 'tcf', 'onetrust', 'cookiebot', 'shopify-privacy', 'shopify-cart', 'klaviyo'];
const toFile = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Writes the declaration files as tsc declares them: the core's in one that imports nothing, each adapter's its own. */
function declarations() {
  return {
    name: 'declarations',
    generateBundle() {
      const outDir = mkdtempSync(join(tmpdir(), 'sluice-types-'));
      try {
        const tsc = join(here, '../../node_modules/.bin/tsc');
        execFileSync(tsc, ['-p', join(here, 'tsconfig.build.json'), '--outDir', outDir], { stdio: 'inherit' });
        const read = (file) => readFileSync(join(outDir, file), 'utf8');
        const files = [
          'shared/src/plan/commerceEvents.generated.d.ts',
          'shared/src/plan/eventProperties.d.ts',
          'browser-sdk/src/types.d.ts',
          'browser-sdk/src/createSluice.d.ts',
        ];
        const source = files.map((file) => read(file).replace(/^(import .*|export \{\};)\n/gm, '')).join('\n');
        this.emitFile({ type: 'asset', fileName: 'index.d.ts', source });
        for (const name of ADAPTERS) {
          const source = read(`browser-sdk/src/adapters/${toFile(name)}.d.ts`).replace("'../types.ts'", "'./index.js'");
          this.emitFile({ type: 'asset', fileName: `${name}.d.ts`, source });
        }
      } finally {
        rmSync(outDir, { recursive: true });
      }
    },
  };
}

/**
 * What a page writes so that the browser runs this very script and no other, the snippet that loads it, and the folder
 * that the proxy serves. There a script's name changes with its bytes, since browsers keep it for a year.
 */
function integrity() {
  return {
    name: 'integrity',
    generateBundle(_options, bundle) {
      const { code } = bundle['sluice.min.js'];
      const build = `${version}-${createHash('sha256').update(code).digest('hex').slice(0, 8)}`;
      const hash = `sha384-${createHash('sha384').update(code).digest('base64')}`;
      const hashes = { 'sluice.min.js': { version: build, integrity: hash } };
      const snippet = readFileSync(join(here, 'src/snippet.html'), 'utf8')
        .replace('__INTEGRITY__', hash)
        .replace('__VERSION__', build);
      const files = {
        'integrity.json': `${JSON.stringify(hashes, null, 2)}\n`,
        'snippet.html': snippet,
        'edge/sluice.js': code,
        [`edge/sluice.${build}.js`]: code,
        'edge/_headers': readFileSync(join(here, 'src/_headers'), 'utf8'),
      };
      for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: 'asset', fileName, source });
    },
    /** Older builds in the folder would be deployed with this one. */
    writeBundle(_options, bundle) {
      for (const name of readdirSync(join(here, 'dist/edge')))
        if (!(`edge/${name}` in bundle)) rmSync(join(here, 'dist/edge', name));
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
    mangle: { properties: { regex: /^_/, reserved: ['__kla_id'] } },
  });

/** One keyword for all declarations, once names are minified: what repeats costs nothing in gzip. No string of ours has it. */
const useLet = { name: 'use-let', renderChunk: (code) => ({ code: code.replace(/\bconst\b/g, 'let'), map: null }) };

const plugins = [esbuild({ target: 'es2021', tsconfig: false, define: { __VERSION__: JSON.stringify(version) } })];

export default [
  {
    input: join(here, 'src/index.ts'),
    plugins,
    output: {
      file: join(here, 'dist/index.js'),
      format: 'es',
      plugins: [minify(true), useLet, declarations(), printSize()],
    },
  },
  {
    input: join(here, 'src/script.ts'),
    plugins,
    output: {
      file: join(here, 'dist/sluice.min.js'),
      format: 'iife',
      strict: false,
      plugins: [minify(false), useLet, integrity(), printSize()],
    },
  },
  ...ADAPTERS.map((name) => ({
    input: join(here, `src/adapters/${toFile(name)}.ts`),
    plugins,
    output: { file: join(here, `dist/${name}.js`), format: 'es', plugins: [minify(true), useLet, printSize()] },
  })),
];
