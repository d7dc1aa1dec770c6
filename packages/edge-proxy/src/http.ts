import type { Context } from 'hono';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { Settings } from './settings.ts';

/** What every route finds in its context; `operator`, their name, those behind an operator token. */
export interface HttpEnv {
  Bindings: Env;
  Variables: { requestId: string; settings: Settings; hooks: Hooks; operator: string };
}

export type HttpContext = Context<HttpEnv>;
