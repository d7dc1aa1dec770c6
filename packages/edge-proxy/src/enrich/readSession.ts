import { isJsonObject, type JsonObject } from '@sluice/shared';
import { readName } from './readName.ts';

export interface Session {
  id?: string;
  /** The visitor's first session is 1. */
  number?: number;
}

/** The session as its sender keeps it: ours and RudderStack's SDKs send its id, others an object. The edge keeps none. */
export function readSession(context: JsonObject | null | undefined): Session {
  const session = isJsonObject(context?.session) ? context.session : {};
  const id = readName(context?.sessionId) ?? readName(session.id);
  const { number } = session;
  return {
    ...(id !== undefined && { id }),
    ...(typeof number === 'number' && Number.isSafeInteger(number) && { number }),
  };
}
