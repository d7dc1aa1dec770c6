import { isJsonObject, type JsonObject, MAX_EVENT_BYTES } from '@sluice/shared';
import { countBytes } from '../countBytes.ts';
import { openCutLog } from '../map/clean/CutLog.ts';
import { cleanProperties } from '../map/clean/cleanProperties.ts';

/** What a hook returned, as properties that a queue and Klaviyo take. Throws where it is none. */
export function toProperties(returned: unknown): JsonObject {
  const text = JSON.stringify(returned) ?? '';
  // As much as a whole event may have; more would not fit into a queue message.
  if (countBytes(text) > MAX_EVENT_BYTES) throw new RangeError(`a hook returned more than ${MAX_EVENT_BYTES} bytes`);
  const plain: unknown = JSON.parse(text);
  if (!isJsonObject(plain)) throw new TypeError('a hook returned something else than an object');
  return cleanProperties(plain, openCutLog());
}
