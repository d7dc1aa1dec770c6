import type { Route } from './http/Call.ts';
import { getAccount, getAccounts } from './routes/accounts/readAccounts.ts';
import { bulkCreateClientEvents } from './routes/client/bulkCreateClientEvents.ts';
import { createClientEvent } from './routes/client/createClientEvent.ts';
import { createClientProfile } from './routes/client/createClientProfile.ts';
import { createClientSubscription } from './routes/client/createClientSubscription.ts';
import { bulkCreateEvents } from './routes/events/bulkCreateEvents.ts';
import { createEvent } from './routes/events/createEvent.ts';
import { getEvent, getEvents } from './routes/events/readEvents.ts';
import { getMetric, getMetrics } from './routes/events/readMetrics.ts';
import { bulkImport } from './routes/imports/bulkImport.ts';
import { getImportErrors, getImportedProfileIds, getImportJob, getImportJobs } from './routes/imports/readJobs.ts';
import { addProfilesToList, removeProfilesFromList } from './routes/lists/changeMembers.ts';
import { getList, getLists } from './routes/lists/readLists.ts';
import { getProfileIdsForList, getProfilesForList } from './routes/lists/readMembers.ts';
import { createList, deleteList, updateList } from './routes/lists/writeLists.ts';
import { mergeProfilesRoute } from './routes/profiles/mergeProfilesRoute.ts';
import { getListIdsForProfile, getListsForProfile, getProfile, getProfiles } from './routes/profiles/readProfiles.ts';
import { requestDeletion } from './routes/profiles/requestDeletion.ts';
import { createOrUpdateProfile, createProfileRoute, updateProfile } from './routes/profiles/writeProfiles.ts';
import { getProfileIdsForSegment, getProfilesForSegment } from './routes/segments/readSegmentMembers.ts';
import { getSegment, getSegments } from './routes/segments/readSegments.ts';
import { bulkSubscribe } from './routes/subscriptions/bulkSubscribe.ts';
import { bulkUnsubscribe } from './routes/subscriptions/bulkUnsubscribe.ts';
import {
  bulkSuppress,
  bulkUnsuppress,
  getSuppressJob,
  getSuppressJobs,
  getUnsuppressJob,
} from './routes/subscriptions/suppressionJobs.ts';
import { getWebhook, getWebhooks, getWebhookTopics } from './routes/webhooks/readWebhooks.ts';
import { createWebhook, deleteWebhook, updateWebhook } from './routes/webhooks/writeWebhooks.ts';

/** Everything the emulator answers under /api and /client. */
export const ROUTES: readonly Route[] = [
  getAccounts,
  getAccount,
  createEvent,
  bulkCreateEvents,
  getEvents,
  getEvent,
  getMetrics,
  getMetric,
  getProfiles,
  createProfileRoute,
  getProfile,
  updateProfile,
  createOrUpdateProfile,
  mergeProfilesRoute,
  requestDeletion,
  getListsForProfile,
  getListIdsForProfile,
  bulkImport,
  getImportJobs,
  getImportJob,
  getImportErrors,
  getImportedProfileIds,
  getLists,
  createList,
  getList,
  updateList,
  deleteList,
  getProfilesForList,
  getProfileIdsForList,
  getSegments,
  getSegment,
  getProfilesForSegment,
  getProfileIdsForSegment,
  addProfilesToList,
  removeProfilesFromList,
  bulkSubscribe,
  bulkUnsubscribe,
  bulkSuppress,
  getSuppressJobs,
  getSuppressJob,
  bulkUnsuppress,
  getUnsuppressJob,
  createClientEvent,
  bulkCreateClientEvents,
  createClientProfile,
  createClientSubscription,
  getWebhooks,
  createWebhook,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  getWebhookTopics,
];
