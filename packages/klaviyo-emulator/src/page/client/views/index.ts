import { dropped } from './dropped.ts';
import { events } from './events.ts';
import { jobs } from './jobs.ts';
import { lists } from './lists.ts';
import { profiles } from './profiles.ts';
import { requests } from './requests.ts';
import { segments } from './segments.ts';
import type { View } from './View.ts';
import { webhooks } from './webhooks.ts';

const controls: View = { count: ({ faults }) => faults.length, show: () => undefined };

/** Every view by the name of its tab. */
export const VIEWS: Record<string, View> = {
  events,
  profiles,
  lists,
  segments,
  jobs,
  webhooks,
  dropped,
  requests,
  controls,
};
