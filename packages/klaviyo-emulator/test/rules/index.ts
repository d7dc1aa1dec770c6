import { EVENT_RULES } from './events.ts';
import type { Rule } from './Rule.ts';

/** Every rule that the emulator keeps where Klaviyo's published schema is silent. */
export const RULES: readonly Rule[] = [...EVENT_RULES];
