import type { Json } from '@sluice/shared';
import { readText } from './readText.ts';

/** Reads one category or several as the list that Klaviyo expects. */
export function readCategories(value: Json | undefined): string[] | undefined {
  const categories = (Array.isArray(value) ? value : [value]).flatMap((entry) => readText(entry) ?? []);
  return categories.length > 0 ? categories : undefined;
}
