import { SCRIPT_DOM } from './scriptDom.ts';
import { SCRIPT_LIVE } from './scriptLive.ts';
import { SCRIPT_VIEWS } from './scriptViews.ts';

/** The page's one module: plain JavaScript as text, since it has to reach the browser without a bundler. */
export const PAGE_SCRIPT = `${SCRIPT_DOM}${SCRIPT_VIEWS}${SCRIPT_LIVE}`;
