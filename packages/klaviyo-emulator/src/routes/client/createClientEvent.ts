import type { Route } from '../../http/Call.ts';
import { createEvent } from '../events/createEvent.ts';

/** The same body, rules and effect as create_event. */
export const createClientEvent: Route = { ...createEvent, operation: 'create_client_event' };
