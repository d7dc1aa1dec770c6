import type { Json } from '@sluice/shared';
import { readText } from '../map/read/readText.ts';
import { MAX_PARAMETER_LENGTH } from './limits.ts';

/** Reads a short text that somebody sent: of bounded length, and such that UTF-8 can carry it. */
export function readName(value: Json | undefined): string | undefined {
  return readText(value)?.slice(0, MAX_PARAMETER_LENGTH).toWellFormed();
}
