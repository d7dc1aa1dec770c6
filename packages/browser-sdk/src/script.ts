import { startOnce } from './lib/startOnce.ts';

/** The script tag's global `sluice`. A script tag always has a document, so the server's stand-in stays out. */
export default { createSluice: startOnce };
