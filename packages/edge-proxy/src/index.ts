import { createSluice } from './createSluice.ts';

export { createSluice } from './createSluice.ts';
export { Dispatcher } from './deliver/Dispatcher.ts';
export type { HookEvent, HookFacts, Hooks, MappedEvent } from './hooks/hooks.ts';

export default createSluice();
