import { listKxs } from '../state/listKxs.ts';
import type { Profile } from '../state/types.ts';
import type { FilterFields } from './matchClauses.ts';

const MATCH = ['equals', 'any'];
const AFTER_BEFORE = ['greater-than', 'less-than'];
const RANGE = ['greater-than', 'greater-or-equal', 'less-than', 'less-or-equal'];

/** Filters of get_profiles. */
export const profileFilters: FilterFields<Profile> = {
  id: { operators: MATCH, read: (profile) => profile.id },
  email: { operators: MATCH, kind: 'email', read: (profile) => profile.email },
  phone_number: { operators: MATCH, read: (profile) => profile.phoneNumber },
  external_id: { operators: MATCH, read: (profile) => profile.externalId },
  _kx: { operators: ['equals'], read: listKxs },
  created: { operators: AFTER_BEFORE, kind: 'time', read: (profile) => profile.createdMs },
  updated: { operators: AFTER_BEFORE, kind: 'time', read: (profile) => profile.updatedMs },
  'subscriptions.email.marketing.suppression.reason': {
    operators: ['equals'],
    read: (profile) => profile.suppressions.map(({ reason }) => reason),
  },
  'subscriptions.email.marketing.suppression.timestamp': {
    operators: RANGE,
    kind: 'time',
    read: (profile) => profile.suppressions.map(({ atMs }) => atMs),
  },
  'subscriptions.email.marketing.list_suppressions.reason': {
    operators: ['equals'],
    read: (profile) => profile.listSuppressions.map(({ reason }) => reason),
  },
  'subscriptions.email.marketing.list_suppressions.timestamp': {
    operators: RANGE,
    kind: 'time',
    read: (profile) => profile.listSuppressions.map(({ atMs }) => atMs),
  },
  'subscriptions.email.marketing.list_suppressions.list_id': {
    operators: ['equals'],
    read: (profile) => profile.listSuppressions.map(({ listId }) => listId),
  },
};
