import type { Context } from 'hono';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { Settings } from './settings.ts';

/** What every route finds in its context. */
export interface HttpEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    settings: Settings;
    hooks: Hooks;
    /** Whose operator token it is; only behind one. */
    operator: string;
  };
}

export type HttpContext = Context<HttpEnv>;
