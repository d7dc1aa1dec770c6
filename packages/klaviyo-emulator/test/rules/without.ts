import type { Off } from './Rule.ts';

/** What a rule's absence looks like in the source; by default the text is just not there. */
export const without = (file: string, text: string, becomes = ''): Off => ({ file, text, becomes });
