import type { Off } from './Rule.ts';

/** A rule that is all that keeps the emulator from throwing an error of this name. */
export const breaking = (throws: string, off: Off): Off => ({ ...off, throws });
