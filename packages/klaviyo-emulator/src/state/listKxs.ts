import type { Profile } from './types.ts';

/** Every `_kx` that names a profile: its own, and those of the profiles merged into it. */
export const listKxs = ({ kx, formerKxs }: Profile): readonly string[] => [kx, ...formerKxs];
