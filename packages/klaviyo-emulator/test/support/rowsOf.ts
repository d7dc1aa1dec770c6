import { errorsOf, type Reply } from './createTestEmulator.ts';

interface Resource {
  id: string;
  attributes?: { email?: string; name?: string; event_properties?: Record<string, unknown>; total_count?: number };
}

/** What a collection answered, in one line: the names of its rows, or its errors. Klaviyo's own events have no name. */
export function rowsOf(reply: Reply): string {
  if (reply.status !== 200) return errorsOf(reply).join();
  const names = reply.body.data.map(({ attributes = {} }: Resource) => {
    const { email, name, event_properties, total_count } = attributes;
    return email?.split('@')[0] ?? name ?? event_properties?.$event_id ?? total_count;
  });
  return names.filter((name: unknown) => name !== undefined).join();
}
