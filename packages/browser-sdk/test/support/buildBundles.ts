import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Name to text of every file the build would write. */
    bundles: Record<string, string>;
  }
}

/** Builds what is published, in memory, so that tests never run against yesterday's dist. */
export default async function buildBundles(project: TestProject) {
  const { options } = await loadConfigFile(fileURLToPath(new URL('../../rollup.config.js', import.meta.url)), {});
  const bundles: Record<string, string> = {};
  for (const { output, ...input } of options) {
    const build = await rollup(input);
    for (const target of output) {
      const { output: files } = await build.generate(target);
      for (const file of files) bundles[file.fileName] = file.type === 'chunk' ? file.code : `${file.source}`;
    }
    await build.close();
  }
  project.provide('bundles', bundles);
}
