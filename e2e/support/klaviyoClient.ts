import type { EmulatorState, Fault, LoggedRequest } from '../../packages/klaviyo-emulator/src/index.ts';
import { KLAVIYO_KEY } from './demo.ts';

interface Resource {
  type: string;
  id: string;
  attributes: Record<string, unknown>;
  relationships: Record<string, { data?: { id: string } }>;
}

interface Page {
  data: Resource[];
  included?: Resource[];
  links: { next?: string | null };
}

/** An event as Klaviyo tells of it: what it was, whose, when, and with which properties. */
export interface KlaviyoEvent {
  metric: string;
  email: unknown;
  uniqueId: unknown;
  value: unknown;
  currency: unknown;
  properties: Record<string, unknown>;
}

export type KlaviyoClient = ReturnType<typeof createKlaviyoClient>;

/** Reads the emulator through Klaviyo's own API, and steers it through its control routes. */
export function createKlaviyoClient(url: string) {
  async function read(
    path: string,
    query: Record<string, string> = {},
  ): Promise<{ data: Resource[]; included: Resource[] }> {
    const data: Resource[] = [];
    const included: Resource[] = [];
    let next: string | null | undefined = `${url}${path}?${new URLSearchParams(query)}`;
    while (next) {
      const response: Response = await fetch(next, {
        headers: { authorization: `Klaviyo-API-Key ${KLAVIYO_KEY}`, revision: '2026-07-15' },
      });
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      const page = (await response.json()) as Page;
      data.push(...page.data);
      included.push(...(page.included ?? []));
      next = page.links.next;
    }
    return { data, included };
  }

  async function control<T>(name: string, body?: unknown): Promise<T> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}/__emulator/${name}`, init);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  return {
    /** Attributes of the profiles that a filter finds, all without one. */
    async profiles(filter?: string) {
      const { data } = await read('/api/profiles', filter ? { filter } : {});
      return data.map(({ id, attributes }) => ({ id, ...attributes }) as Record<string, unknown> & { id: string });
    },
    /** Events that Klaviyo was sent; what it records itself, such as a subscription, is left out. */
    async events(filter?: string): Promise<KlaviyoEvent[]> {
      const query = { include: 'metric,profile', sort: 'datetime', ...(filter ? { filter } : {}) };
      const { data, included } = await read('/api/events', query);
      const byId = new Map(included.map((resource) => [`${resource.type} ${resource.id}`, resource.attributes]));
      const sent = data.filter(({ relationships }) => {
        const metric = byId.get(`metric ${relationships.metric?.data?.id}`);
        return Object(metric?.integration).key !== 'klaviyo';
      });
      return sent.map((event) => toEvent(event, byId));
    },
    /** A person's consent, whether they are on a list or not. */
    async subscriptions(email: string) {
      const query = { filter: `equals(email,"${email}")`, 'additional-fields[profile]': 'subscriptions' };
      return (await read('/api/profiles', query)).data[0]?.attributes.subscriptions;
    },
    async members(listId: string) {
      const { data } = await read(`/api/lists/${listId}/profiles`, { 'additional-fields[profile]': 'subscriptions' });
      return data.map(({ id, attributes }) => ({ id, ...attributes }) as Record<string, unknown> & { id: string });
    },
    /** Everything the emulator holds, without an API call that its limits count. */
    state: () => control<EmulatorState>('state'),
    requests: () => control<LoggedRequest[]>('requests'),
    misbehave: (faults: Fault[]) => control('faults', faults),
    reset: () => control('reset', {}),
    /** Makes sign-ups to a list wait for the click in a mail, as a shop sets it in Klaviyo. */
    async askForConfirmation(listId: string) {
      const attributes = { opt_in_process: 'double_opt_in' };
      const response = await fetch(`${url}/api/lists/${listId}`, {
        method: 'PATCH',
        headers: {
          authorization: `Klaviyo-API-Key ${KLAVIYO_KEY}`,
          revision: '2026-07-15',
          'content-type': 'application/vnd.api+json',
        },
        body: JSON.stringify({ data: { type: 'list', id: listId, attributes } }),
      });
      if (!response.ok) throw new Error(`PATCH ${listId}: ${response.status} ${await response.text()}`);
    },
    /** The person clicks the link in that mail. */
    confirm: (email: string) => control<unknown>('confirm', { email }),
  };
}

function toEvent(
  { attributes, relationships }: Resource,
  byId: ReadonlyMap<string, Resource['attributes']>,
): KlaviyoEvent {
  const { $event_id, $value, $currency_code, ...properties } = attributes.event_properties as Record<string, unknown>;
  return {
    metric: String(byId.get(`metric ${relationships.metric?.data?.id}`)?.name),
    email: byId.get(`profile ${relationships.profile?.data?.id}`)?.email,
    uniqueId: $event_id,
    value: $value,
    currency: $currency_code,
    properties,
  };
}
