import { createSluice } from './createSluice.ts';

export { createSluice } from './createSluice.ts';
export { Dispatcher } from './deliver/Dispatcher.ts';

export default createSluice();
