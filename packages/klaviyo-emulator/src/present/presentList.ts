import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';
import type { List } from '../state/types.ts';
import { isoTime, relation } from './wireForms.ts';

export function presentList(call: Call, list: List) {
  const self = `${call.origin}/api/lists/${list.id}`;
  const extra = (call.query.get('additional-fields[list]') ?? '').split(',');
  return pickFields(
    {
      type: 'list',
      id: list.id,
      attributes: {
        name: list.name,
        created: isoTime(list.createdMs),
        updated: isoTime(list.updatedMs),
        opt_in_process: list.optIn,
        ...(extra.includes('profile_count') ? { profile_count: list.members.size } : {}),
      },
      relationships: {
        profiles: relation(self, 'profiles'),
        tags: relation(self, 'tags'),
        'flow-triggers': relation(self, 'flow-triggers'),
      },
      links: { self },
    },
    call.query,
  );
}
