import { byEmail, bySms } from '../support/bodies.ts';
import { ADA, BOB, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const GRANT = 'state/grant.ts';
const UNSUBSCRIBE = 'state/unsubscribe.ts';
const SUBSCRIBED = 'Subscribed to Email Marketing';
const UNSUBSCRIBED = 'Unsubscribed from Email Marketing';

/** What Klaviyo recorded by itself after each step, properties in brackets. */
const recorded = (...steps: ((shop: Shop) => unknown)[]) =>
  inShop(async (shop) => {
    const seen = [];
    let before = 0;
    for (const step of steps) {
      await step(shop);
      const own = shop.emulator.state().events.filter(({ integration }) => integration === 'Klaviyo');
      seen.push(own.slice(before).map(({ metric, properties }) => [metric, ...Object.values(properties)].join(' / ')));
      before = own.length;
    }
    return seen;
  });

const whatsApp = { phone_number: PHONE, subscriptions: { whatsapp: { marketing: { consent: 'SUBSCRIBED' } } } };

const consent: Rule[] = [
  {
    rule: 'a subscription records its metrics, and repeated records nothing',
    scene: recorded(
      ({ subscribe }) => subscribe('SINGLE'),
      ({ subscribe }) => subscribe('SINGLE'),
    ),
    seen: [[SUBSCRIBED, 'Subscribed to List / Newsletter'], []],
    off: without(GRANT, 'if (changed) recordConsent', 'recordConsent'),
  },
  {
    rule: 'a member who subscribes joined no list',
    scene: recorded(
      async ({ person, join }) => join('SINGLE', await person({ email: ADA })),
      ({ subscribe }) => subscribe('SINGLE'),
    ),
    seen: [[], [SUBSCRIBED]],
    off: without(GRANT, 'if (!list || list.members.has(profile.id)) return false;', 'if (!list) return false;'),
  },
  {
    rule: 'an unsubscribe records its metric, and repeated records nothing',
    scene: recorded(
      ({ unsubscribe }) => unsubscribe(),
      ({ unsubscribe }) => unsubscribe(),
      ({ subscribe }) => subscribe(),
    ),
    seen: [[UNSUBSCRIBED], [], [SUBSCRIBED]],
    off: without(UNSUBSCRIBE, "if (state.consent !== 'UNSUBSCRIBED')"),
  },
  {
    rule: 'consent to SMS has metrics of its own',
    scene: recorded(
      ({ subscribe }) => subscribe(undefined, bySms(PHONE, 'SUBSCRIBED')),
      ({ unsubscribe }) => unsubscribe(undefined, bySms(PHONE, 'UNSUBSCRIBED')),
    ),
    seen: [['Subscribed to SMS Marketing'], ['Unsubscribed from SMS Marketing']],
    off: without('state/recordConsent.ts', "channel === 'email' ? 'Email' : 'SMS'", "'Email'"),
  },
  {
    rule: 'consent to other channels has no metric',
    scene: recorded(({ subscribe }) => subscribe(undefined, whatsApp)),
    seen: [[]],
    off: without('state/recordConsent.ts', "if (channel !== 'email' && channel !== 'sms') return;"),
  },
  {
    rule: 'a double opt-in records its subscription at the click',
    scene: recorded(
      ({ subscribe }) => subscribe('DOUBLE'),
      ({ emulator }) => emulator.confirmOptIn({ email: ADA }),
    ),
    seen: [[], [SUBSCRIBED, 'Subscribed to List / Careful']],
    off: without('state/confirmOptIn.ts', 'historical: false', 'historical: true'),
  },
  {
    rule: 'a historical import records nothing',
    scene: recorded(({ subscribe }) =>
      subscribe('SINGLE', byEmail(ADA, 'SUBSCRIBED', { consented_at: '2025-01-01T00:00:00Z' }), {
        historical_import: true,
      }),
    ),
    seen: [[]],
    off: without(GRANT, 'if (request.historical) return;'),
  },
  {
    rule: 'a subscribe that lifts a suppression is a change',
    scene: recorded(
      ({ subscribe }) => subscribe(),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'SPAM_COMPLAINT' }),
      ({ subscribe }) => subscribe(),
    ),
    seen: [[SUBSCRIBED], ['Marked Email as Spam'], [SUBSCRIBED]],
    off: without(GRANT, 'changed ||= kept.length < profile.suppressions.length;'),
  },
];

const departures: Rule[] = [
  {
    rule: 'leaving a list is recorded for members only',
    scene: recorded(
      ({ subscribe }) => subscribe('SINGLE'),
      ({ emulator }) => emulator.optOut({ email: ADA, listId: 'SINGLE' }),
      ({ emulator }) => emulator.optOut({ email: ADA, listId: 'SINGLE' }),
    ),
    seen: [[SUBSCRIBED, 'Subscribed to List / Newsletter'], ['Unsubscribed from List / Newsletter'], []],
    off: without(UNSUBSCRIBE, 'if (left) {', 'if (true) {'),
  },
  {
    rule: 'a complaint and a hard bounce are recorded once, an invalid address never',
    scene: recorded(
      ({ person }) => person({ email: ADA }),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'SPAM_COMPLAINT' }),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'HARD_BOUNCE' }),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'HARD_BOUNCE' }),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'INVALID_EMAIL' }),
    ),
    seen: [[], ['Marked Email as Spam'], ['Bounced Email / Hard'], [], []],
    off: without('state/optOut.ts', 'if (profile.suppressions.some((held) => held.reason === reason)) return;'),
  },
  {
    rule: 'suppressing and unsuppressing are recorded, for those whom they change',
    scene: recorded(
      ({ suppress }) => suppress(ADA),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'USER_SUPPRESSED' }),
      ({ unsuppress }) => unsuppress(ADA, BOB),
      ({ emulator }) => emulator.optOut({ email: ADA, reason: 'USER_SUPPRESSED' }),
    ),
    seen: [
      ['Manually Suppressed from Email Marketing'],
      [],
      ['Manually Unsuppressed from Email Marketing'],
      ['Manually Suppressed from Email Marketing'],
    ],
    off: without('state/runSuppressionTask.ts', 'recordOwnEvent(world, account, { profile, metric, nowMs });'),
  },
];

const events: Rule[] = [
  {
    rule: 'what Klaviyo recorded is no repeat, even in the same second of two merged profiles',
    scene: inShop(async ({ person, subscribe, merge, emulator }) => {
      const ids = [await person({ email: ADA }), await person({ email: BOB })];
      for (const email of [ADA, BOB]) await subscribe(undefined, byEmail(email, 'SUBSCRIBED'));
      await merge(ids[0] ?? '', ids[1] ?? '');
      return emulator.state().events.map(({ metric, unique_id }) => [metric, unique_id]);
    }),
    seen: [
      [SUBSCRIBED, null],
      [SUBSCRIBED, null],
    ],
    off: without('state/eventKey.ts', 'if (event.own)', 'if (false)'),
  },
  {
    rule: 'the metrics Klaviyo records itself belong to its own integration',
    scene: inShop(async ({ event, subscribe, read }) => {
      await event({ unique_id: 'o1' });
      await subscribe();
      const { body } = await read('/api/metrics', { filter: 'equals(integration.name,"Klaviyo")' });
      return body.data.map(({ attributes }: { attributes: Record<string, unknown> }) => [
        attributes.name,
        attributes.integration,
      ]);
    }),
    seen: [
      [SUBSCRIBED, { object: 'integration', id: '0rG4eQ', key: 'klaviyo', name: 'Klaviyo', category: 'Internal' }],
    ],
    off: without('state/integrationOf.ts', 'if (metric.service === OWN_SERVICE) return OWN;'),
  },
];

/** What Klaviyo records by itself in its own metrics. */
export const OWN_METRIC_RULES: Rule[] = [...consent, ...departures, ...events];
