import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';

/** The profiles that events speak of: those of a webhook's `payload`, or of a page of events. */
export function readProfileIds(events: readonly (Json | undefined)[]): string[] {
  const ids = events.flatMap((event) => {
    const { id } = at(event, 'relationships', 'profile', 'data');
    return typeof id === 'string' ? [id] : [];
  });
  return [...new Set(ids)];
}

function at(value: Json | undefined, ...path: string[]): JsonObject {
  const [key, ...rest] = path;
  if (!isJsonObject(value)) return {};
  return key === undefined ? value : at(value[key], ...rest);
}
