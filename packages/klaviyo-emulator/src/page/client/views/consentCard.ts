import type { PageData } from '../../describePage.ts';
import { badge } from '../badge.ts';
import { control } from '../control.ts';
import { make } from '../make.ts';
import { say } from '../say.ts';
import { timeOf } from '../timeOf.ts';
import { words } from '../words.ts';
import { CONSENT_KINDS } from './consentBadges.ts';

type Profile = PageData['profiles'][number];
type ChannelView = Profile['consent']['email'];

const CHANNEL_NAMES: Record<string, string> = { email: 'Email', sms: 'SMS', whatsapp: 'WhatsApp' };

/** One channel: the decision, how it came about, and each confirmation that is awaited with a button to give it. */
export function consentCard(
  profile: Profile,
  { channel, view, lists }: { channel: string; view: ChannelView; lists: Record<string, string> },
): HTMLElement {
  const name = CHANNEL_NAMES[channel] ?? words(channel).replace('whatsapp', 'WhatsApp').replace('sms', 'SMS');
  const state = badge(words(view.consent), CONSENT_KINDS[view.consent]);
  const card = make('div', { class: 'consent' }, make('div', { class: 'row' }, make('span', {}, name), state));
  if (view.timestamp !== null) {
    const how = view.doubleOptIn ? 'double opt-in' : '';
    card.append(make('p', { class: 'meta' }, timeOf(view.timestamp), how, view.customSource ?? ''));
  }
  for (const { list } of view.pending) {
    const where = list === null ? '' : ` for ${lists[list] ?? list}`;
    card.append(make('div', { class: 'row' }, badge(`awaits confirmation${where}`, 'wait'), confirmButton()));
    function confirmButton(): HTMLElement | undefined {
      const who = addressOf(profile, channel);
      if (!who) return undefined;
      const click = () => confirm({ ...who, account: profile.account, ...(list === null ? {} : { list }) });
      return make('button', { type: 'button', 'data-name': `confirm ${channel} ${list}`, click }, 'Confirm');
    }
  }
  return card;
}

function addressOf(profile: Profile, channel: string): Record<string, string> | undefined {
  if (channel === 'email' && profile.email !== null) return { email: profile.email };
  if (channel === 'sms' && profile.phone_number !== null) return { phone_number: profile.phone_number };
  return undefined;
}

async function confirm(who: Record<string, string>): Promise<void> {
  const answered = await control('confirm', who);
  if (answered.ok) say('Confirmed, as if the link in the message had been clicked.');
}
