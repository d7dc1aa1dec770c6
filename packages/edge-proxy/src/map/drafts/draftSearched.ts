import { METRIC_OF_EVENT } from '@sluice/shared';
import { readText } from '../read/readText.ts';
import { renameFields } from '../read/renameFields.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** The name that Klaviyo's own Salesforce Commerce Cloud cartridge gives it; the guide has none. */
const FIELDS = [{ to: 'Search Term', from: ['query'], read: readText }];

/** Products Searched. */
export function draftSearched({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Products Searched'],
      uniqueId: messageKey,
      properties: renameFields(properties, FIELDS),
    },
  ];
}
