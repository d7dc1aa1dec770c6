import type { Dropped, Kind } from '../types.ts';
import { readJson } from './readJson.ts';

/** What listeners hear of a message that will not be delivered. Decisions go by their kind, for want of a name. */
export function describeDropped(
  { messageId, reason, path }: { messageId: string; reason: string; path?: string },
  kind: Kind,
  text: string,
): Dropped {
  const { event, name } = readJson(text);
  const label = event ?? name ?? (kind === 'message' ? undefined : kind);
  return {
    reason,
    messageId,
    ...(path !== undefined && { path }),
    ...(typeof label === 'string' && { event: label }),
  };
}
