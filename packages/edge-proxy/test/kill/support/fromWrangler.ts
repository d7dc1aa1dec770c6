import { createRequire } from 'node:module';

const requireHere = createRequire(import.meta.url);

/** A package that wrangler brings, in the version that a deploy and `npm start` use. The caller says which types it has. */
export function fromWrangler<T>(name: string): T {
  return createRequire(requireHere.resolve('wrangler'))(name) as T;
}
