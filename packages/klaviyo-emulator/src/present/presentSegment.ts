import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';
import { refreshSegment } from '../state/refreshSegment.ts';
import type { Segment } from '../state/types.ts';
import { isoTime, relation } from './wireForms.ts';

/** Without a definition: `where` is this emulator's own, and Klaviyo's condition groups are not modelled. */
export function presentSegment(call: Call, segment: Segment) {
  const self = `${call.origin}/api/segments/${segment.id}`;
  const extra = (call.query.get('additional-fields[segment]') ?? '').split(',');
  const count = () => refreshSegment(call.world, call.account, { segment, nowMs: call.nowMs }).members.size;
  return pickFields(
    {
      type: 'segment',
      id: segment.id,
      attributes: {
        name: segment.name,
        definition: null,
        created: isoTime(segment.createdMs),
        updated: isoTime(segment.updatedMs),
        is_active: true,
        is_processing: false,
        is_starred: false,
        ...(extra.includes('profile_count') ? { profile_count: count() } : {}),
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
