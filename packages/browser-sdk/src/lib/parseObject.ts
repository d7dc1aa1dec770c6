import { guard } from './guard.ts';

/** Reads stored JSON; what is missing, damaged or no object becomes an empty object. */
export const parseObject = (text: string | null | undefined): Record<string, unknown> => ({
  ...guard(() => JSON.parse(text as string)),
});
