import { keepRows } from '../keepRows.ts';
import { nameOf } from '../nameOf.ts';
import { within } from '../within.ts';
import { eventCard } from './eventCard.ts';
import type { View } from './View.ts';

export const events: View = {
  count: ({ counts }) => counts.events,
  show(data) {
    const owners = new Map(data.profiles.map((profile) => [profile.id, nameOf(profile)]));
    const rows = data.events.map((event) => ({
      key: event.id,
      data: { event, owner: owners.get(event.profile) ?? event.profile },
    }));
    keepRows(within('events', '.rows'), rows, {
      build: eventCard,
      empty: 'No events yet. They appear here as they arrive.',
    });
  },
};
