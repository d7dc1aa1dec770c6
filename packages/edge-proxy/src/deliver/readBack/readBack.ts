import { MAX_READ_PAGES } from '../../consent/limits.ts';
import { MAX_PROFILES_PER_PAGE } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { pacedCall } from '../pacedCall.ts';
import { openAt } from '../stops.ts';
import { dueReadBacks } from '../tables/readBacks.ts';
import { compareContacts } from './compareContacts.ts';
import { heedAnswer } from './heedAnswer.ts';
import { learn, lessonsOf } from './learn.ts';
import { readConsents } from './readConsents.ts';
import { settleReadBacks } from './settleReadBacks.ts';

/** Reads back the changes of consent that are due, a page of people a call, and puts right what Klaviyo has otherwise. */
export async function readBack(outbox: Outbox): Promise<void> {
  const { sql } = outbox;
  for (let page = 0; page < MAX_READ_PAGES; page++) {
    const now = outbox.now();
    const due = dueReadBacks(sql, now, MAX_PROFILES_PER_PAGE);
    if (due.length === 0 || openAt(outbox.stops, 'get_profiles') > now) return;
    const read = await readConsents(due, { call: pacedCall(outbox), nowMs: now });
    // They stay due: the next look is a minute later.
    if (!read.ok) return heedAnswer(outbox, 'get_profiles', read.answer);
    const compared = await compareContacts(outbox, read.consents);
    if (!(await learn(outbox, compared.flatMap(lessonsOf)))) return;
    await settleReadBacks(outbox, due, compared);
  }
}
