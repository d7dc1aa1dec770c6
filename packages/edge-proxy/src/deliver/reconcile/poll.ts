import { MAX_READ_PAGES, OVERLAP_MS } from '../../consent/limits.ts';
import { type Cursor, readCursors, saveCursor } from '../../store/reconcileCursors.ts';
import type { Outbox } from '../Outbox.ts';
import { EVERYBODY, FEEDS, type Feed } from './feeds.ts';
import { hear } from './hear.ts';
import { readFeedPage } from './readFeedPage.ts';

/** Reads on in every feed that is due. What a look cannot finish the next one goes on with, also after a restart. */
export async function poll(outbox: Outbox): Promise<void> {
  const { account, ground } = outbox;
  const cursors = new Map((await readCursors(ground.db, account)).map((cursor) => [cursor.feed, cursor]));
  for (const feed of FEEDS) {
    const cursor = cursors.get(feed.name);
    const now = outbox.now();
    // What was before our time the look at everybody finds, which is due at once.
    const since = feed.name === EVERYBODY ? 0 : now;
    if (!cursor) await saveCursor(ground.db, account, { feed: feed.name, since, started: null, page: null });
    else if (cursor.started !== null || feed.isDue(cursor.since, now))
      await saveCursor(ground.db, account, await follow(outbox, feed, { ...cursor, started: cursor.started ?? now }));
  }
}

async function follow(outbox: Outbox, feed: Feed, begun: Cursor & { started: number }): Promise<Cursor> {
  let { page } = begun;
  // The first look at everybody finds the opt-outs of years: only what happens from then on is news to other systems.
  const newsSinceMs = begun.since === 0 ? begun.started : 0;
  for (let pages = 0; pages < MAX_READ_PAGES; pages++) {
    const read = await readFeedPage(outbox, feed, { sinceMs: begun.since - OVERLAP_MS, page });
    // A page that Klaviyo does not know any more: the look begins anew.
    if (read === 'refused') {
      console.error(JSON.stringify({ message: 'Klaviyo refused a look', account: outbox.account, feed: feed.name }));
      return { ...begun, started: null, page: null };
    }
    if (read === 'unanswered' || !(await hear(outbox, read.consents, newsSinceMs))) break;
    if (read.next === undefined) return { ...begun, since: begun.started, started: null, page: null };
    page = read.next;
  }
  return { ...begun, page };
}
