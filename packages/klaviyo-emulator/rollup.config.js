import { execFileSync } from 'node:child_process';
import esbuild from 'rollup-plugin-esbuild';
import manifest from './package.json' with { type: 'json' };

const names = Object.keys(manifest.dependencies);
const external = (id) => id.startsWith('node:') || names.some((name) => id === name || id.startsWith(`${name}/`));

/** Declarations come from the compiler; the bundler knows no types. */
const declarations = {
  name: 'declarations',
  writeBundle() {
    execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  },
};

export default {
  input: { index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli.ts' },
  output: { dir: 'dist', format: 'es', chunkFileNames: 'chunk-[name].js' },
  external,
  plugins: [esbuild({ target: 'es2023' }), declarations],
};
