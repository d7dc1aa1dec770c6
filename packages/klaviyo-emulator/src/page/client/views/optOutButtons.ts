import type { PageData } from '../../describePage.ts';
import { control } from '../control.ts';
import { make } from '../make.ts';
import { say } from '../say.ts';

const REASONS = [
  { reason: 'UNSUBSCRIBE', name: 'Unsubscribe', done: 'unsubscribed by the link in a message' },
  { reason: 'SPAM_COMPLAINT', name: 'Complain of spam', done: 'complained of spam' },
  { reason: 'HARD_BOUNCE', name: 'Bounce', done: 'is suppressed: the mail server rejected the address' },
];

/** What this person or their mail server may do outside the API; all of it is about the e-mail address. */
export function optOutButtons({ account, email }: PageData['profiles'][number]): HTMLElement | undefined {
  if (email === null) return undefined;
  const buttons = REASONS.map(({ reason, name, done }) => {
    const click = async () => {
      const answered = await control('optout', { account, email, reason });
      if (answered.ok) say(`${email} ${done}.`);
    };
    return make('button', { type: 'button', 'data-name': reason, click }, name);
  });
  return make('div', { class: 'buttons', role: 'group', 'aria-label': `What ${email} may do` }, ...buttons);
}
