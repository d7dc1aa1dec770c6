import type { EmulatorOptions } from '../../src/options.ts';
import { bySms } from '../support/bodies.ts';
import { inShop, MINUTE_MS, PHONE, type Shop } from '../support/inShop.ts';
import { both, GLOBAL } from './consentSteps.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const SUBSCRIBE = 'state/subscribe.ts';

const ignore = { assume: { repeatedSubscribe: 'ignore' } } as const;

/** Subscribes, unsubscribes, and then more so many minutes later. */
const again = (minutes: number, more: (shop: Shop) => unknown, options: EmulatorOptions = ignore) =>
  inShop(async (shop) => {
    await shop.subscribe('SINGLE');
    await shop.unsubscribe();
    shop.later(minutes * MINUTE_MS);
    await more(shop);
    return shop.consent();
  }, options);

const TAKE = 'state/takeSubscribe.ts';
export const REPEATED_SUBSCRIBE_RULES: Rule[] = [
  {
    rule: 'a second subscribe within 30 minutes is followed unless repeatedSubscribe says otherwise',
    scene: again(1, ({ subscribe }) => subscribe('SINGLE'), {}),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without('assumptions.ts', "repeatedSubscribe: 'apply',", "repeatedSubscribe: 'ignore',"),
  },
  {
    rule: 'with repeatedSubscribe ignore nothing comes of a second subscribe within 30 minutes',
    scene: again(29, ({ subscribe }) => subscribe('SINGLE')),
    seen: `${GLOBAL}, in SINGLE`,
    off: without(TAKE, "soon && assume.repeatedSubscribe === 'ignore'", 'false'),
  },
  {
    rule: 'with repeatedSubscribe ignore a subscribe after 30 minutes is followed',
    scene: again(30, ({ subscribe }) => subscribe('SINGLE')),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without(TAKE, 'nowMs - last.atMs < REPEATED_SUBSCRIBE_MS', 'true'),
  },
  {
    rule: 'with repeatedSubscribe ignore the 30 minutes count from the last subscribe that was followed',
    scene: again(20, async ({ subscribe, later }) => {
      await subscribe('SINGLE');
      later(10 * MINUTE_MS);
      await subscribe('SINGLE');
    }),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without(TAKE, 'if (soon ', 'state.subscribes = [...others, { listId, atMs: nowMs }];\nif (soon '),
  },
  {
    rule: 'with repeatedSubscribe ignore a subscribe to another list is followed',
    scene: again(1, ({ subscribe }) => subscribe()),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without(TAKE, '.find((each) => each.listId === listId)', '.at(-1)'),
  },
  {
    rule: 'with repeatedSubscribe ignore a subscribe of another channel is followed',
    scene: again(1, ({ subscribe }) => subscribe('SINGLE', both(bySms(PHONE, 'SUBSCRIBED')))),
    seen: 'email UNSUBSCRIBED, sms SUBSCRIBED, suppressed UNSUBSCRIBE, in SINGLE',
    off: without(SUBSCRIBE, 'profile.channels[item.channel], { ...job', 'profile.channels.email, { ...job'),
  },
];
