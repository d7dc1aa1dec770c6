import { METRIC_OF_EVENT } from '@sluice/shared';
import { readNumber } from '../read/readNumber.ts';
import { readText } from '../read/readText.ts';
import { renameCart } from '../read/renameCart.ts';
import type { Field } from '../read/splitFields.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** The names that Klaviyo's own Salesforce Commerce Cloud cartridge gives them; the guide has none. */
const FIELDS: readonly Field[] = [
  { to: 'Search Term', from: ['query'], read: readText },
  { to: 'Search Results Count', from: ['results_count'], read: readNumber },
];

/** Products Searched. */
export function draftSearched({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Products Searched'],
      uniqueId: messageKey,
      properties: renameCart(properties, FIELDS),
    },
  ];
}
