import type { AcceptedSubscription } from '../../../../src/ingest/acceptedEvent.ts';

export { receivedAtMs } from './settings.ts';

export const subscription: AcceptedSubscription = {
  id: 'msg-1',
  email: 'ada@example.com',
  channels: ['email'],
  lists: ['DEMO01'],
  anonymousId: 'anon-1',
  decidedAtMs: Date.UTC(2026, 6, 1, 11),
  attributes: {},
};
