import { registerHooks } from 'node:module';

// Preloaded into scripts/dev.ts (`node --import`): the same program, but for its ports and its state folder, which are
// fixed there and may be in use on this machine, and without the build, which these tests find done.
const DEV = fileUrl('../../scripts/dev.ts');
const REPLACED = new Map([
  [fileUrl('../../scripts/stack/createStack.ts'), fileUrl('./elsewhere/createStack.ts')],
  [fileUrl('../../scripts/stack/runToEnd.ts'), fileUrl('./elsewhere/runToEnd.ts')],
]);

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const replacement = context.parentURL === DEV ? REPLACED.get(resolved.url) : undefined;
    return replacement ? { ...resolved, url: replacement } : resolved;
  },
});

function fileUrl(path: string): string {
  return new URL(path, import.meta.url).href;
}
