import { type Config, ConfigSchema, type JsonObject, type Message, MessageSchema } from '@sluice/shared';
import type { EdgeFacts } from '../../../../src/enrich/edgeFacts.ts';

/** What the edge knows of a visitor in Vienna. */
export const page: EdgeFacts = {
  kind: 'public',
  location: { city: 'Vienna', country: 'AT', timezone: 'Europe/Vienna' },
  ip: '192.0.2.7',
  userAgent: undefined,
  hints: undefined,
  hosts: ['shop.example'],
};

/** What it knows of a back end in Virginia, which says nothing of the customer. */
export const server: EdgeFacts = {
  ...page,
  kind: 'server',
  location: { city: 'Ashburn', country: 'US', timezone: 'America/New_York' },
  ip: '198.51.100.9',
  userAgent: 'axios/1.7.0',
  hosts: [],
};

export function track(context: JsonObject = {}): Message {
  return MessageSchema.parse({ type: 'track', event: 'Ping', anonymousId: 'a', messageId: 'm', context });
}

export function switches(change: Partial<Config['enrich']> = {}): Config['enrich'] {
  return { ...ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }] }).enrich, ...change };
}

export const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
export const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
export const GOOGLEBOT =
  'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
