import { MAX_POINTER_CHARS } from '../limits.ts';
import { pointerToken } from './pointerToken.ts';

/** The pointer of a member; that of its container where a key of megabytes would be repeated in every error. */
export function pointTo(at: string, key: string): string {
  return at.length + key.length > MAX_POINTER_CHARS ? at : `${at}/${pointerToken(key)}`;
}
