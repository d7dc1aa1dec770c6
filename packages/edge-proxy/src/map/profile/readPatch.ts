import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import type { ProfilePatch } from '../../klaviyo/wire.ts';
import type { CutLog } from '../clean/CutLog.ts';
import { cleanProperties } from '../clean/cleanProperties.ts';
import { isSafeKey } from '../clean/isSafeKey.ts';
import { wellFormed } from '../clean/wellFormed.ts';
import { dropUndefined } from '../dropUndefined.ts';
import { readText } from '../read/readText.ts';

/**
 * Reads the changes that a plain trait cannot say: `$append` and `$unappend` (values to put into and take out of lists)
 * and `$unset` (names of properties to remove), as Klaviyo's own scripts have them. Custom properties only.
 */
export function readPatch(
  traits: JsonObject,
  mayPatch: (trait: string) => boolean,
  log: CutLog,
): ProfilePatch | undefined {
  const patch = dropUndefined<ProfilePatch>({
    append: readValues(traits.$append, mayPatch, log),
    unappend: readValues(traits.$unappend, mayPatch, log),
    unset: readNames(traits.$unset, mayPatch),
  });
  return Object.keys(patch).length > 0 ? patch : undefined;
}

function readValues(
  value: Json | undefined,
  mayPatch: (trait: string) => boolean,
  log: CutLog,
): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(cleanProperties(value, log)).filter(([key, item]) => mayPatch(key) && item !== null);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function readNames(value: Json | undefined, mayPatch: (trait: string) => boolean): string[] | undefined {
  const names = (Array.isArray(value) ? value : [value]).flatMap((name) => readText(name) ?? []);
  const known = [...new Set(names.map(wellFormed))].filter((name) => isSafeKey(name) && mayPatch(name));
  return known.length > 0 ? known : undefined;
}
