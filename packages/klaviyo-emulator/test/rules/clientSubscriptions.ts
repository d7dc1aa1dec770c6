import { byEmail, bySms, PATHS, profileBody } from '../support/bodies.ts';
import { errorsOf, type TestEmulator } from '../support/createTestEmulator.ts';
import { account } from '../support/inShop.ts';
import { ADA, at, META, PHONE, PROFILE, shopWith, subscription, visit } from '../support/onPage.ts';
import { breaking } from './breaking.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

type Json = Record<string, unknown>;

const SUBSCRIBE = 'routes/client/createClientSubscription.ts';
const BODY = 'validate/bodies/clientSubscription.ts';

/** `name consent` of every channel that a subscription from a page decided. */
async function consentAfter(shop: TestEmulator, body: unknown): Promise<string[]> {
  await visit(shop, at('subscriptions'), body);
  return shop.emulator
    .state()
    .profiles.flatMap(({ consent }) =>
      Object.entries(consent).flatMap(([name, view]) => (view.consent === 'NEVER_SUBSCRIBED' ? [] : [name])),
    );
}

export const CLIENT_SUBSCRIPTION_RULES: Rule[] = [
  {
    rule: 'a subscription from a page without channels is for the marketing of every identifier given',
    scene: (open) => consentAfter(shopWith(open), subscription({ ...ADA, phone_number: PHONE })),
    seen: ['email', 'sms'],
    off: without(SUBSCRIBE, 'subscriptions ?? marketingOf(about)', 'subscriptions ?? {}'),
  },
  {
    rule: 'a subscription from a page with channels is for these alone',
    scene: (open) => consentAfter(shopWith(open), subscription({ ...ADA, ...bySms(PHONE, 'SUBSCRIBED') })),
    seen: ['sms'],
    off: without(SUBSCRIBE, 'subscriptions ?? marketingOf(about)', 'marketingOf(about)'),
  },
  {
    rule: 'a subscription from a page describes its profile too',
    async scene(open) {
      const shop = shopWith(open);
      await visit(
        shop,
        at('subscriptions'),
        subscription({ ...ADA, first_name: 'Ada', properties: { shoe: 41 }, ...META }),
      );
      return shop.emulator.state().profiles.map(({ attributes, properties, lists }) => [attributes, properties, lists]);
    },
    seen: [[{ first_name: 'Ada' }, { shoe: 41, tags: ['x'] }, ['SINGLE']]],
    off: without(SUBSCRIBE, '{ ...data, attributes: about }', '{ ...data, attributes: { email } }'),
  },
  {
    rule: 'a subscription from a page to a double opt-in list waits for the confirmation',
    async scene(open) {
      const shop = shopWith(open);
      const decided = await consentAfter(shop, subscription(byEmail(ADA.email, 'SUBSCRIBED'), {}, 'DOUBLE'));
      return [
        decided,
        shop.emulator.state().profiles.map(({ consent }) => consent.email.pending.map(({ list }) => list)),
      ];
    },
    seen: [[], [['DOUBLE']]],
    off: without(SUBSCRIBE, 'historical: false', 'historical: true'),
  },
  refuses('a subscription from a page names a list', {
    path: at('subscriptions'),
    body: { data: { ...subscription(ADA).data, relationships: undefined } },
    errors: invalid('/data/relationships'),
    off: breaking('TypeError', without(BODY, 'relationships: required(', 'relationships: optional(')),
  }),
  refuses('a subscription from a page names a list that exists', {
    path: at('subscriptions'),
    body: subscription(ADA, {}, 'NOLIST'),
    options: account({}),
    errors: ['404 not_found /data/relationships/list/data/id'],
    off: without(SUBSCRIBE, 'if (!account.lists.has(listId))', 'if (false)'),
  }),
  {
    rule: 'a subscription from a page gives an e-mail or a phone number, even beside an id',
    async scene(open) {
      const shop = shopWith(open);
      const { body } = await shop.send('POST', PATHS.profiles, profileBody(ADA));
      const { subscriptions } = byEmail(ADA.email, 'SUBSCRIBED');
      const subscribe = (attributes: Json) =>
        visit(shop, at('subscriptions'), subscription(attributes, { id: body.data.id }));
      return [errorsOf(await subscribe({ subscriptions })), (await subscribe(ADA)).status];
    },
    seen: [invalid(`${PROFILE}/attributes`), 202],
    off: without(BODY, "hasIdentifier(['email', 'phone_number']),"),
  },
  refuses('a subscription from a page has no consented_at', {
    path: at('subscriptions'),
    body: subscription(byEmail(ADA.email, 'SUBSCRIBED', { consented_at: '2020-01-01T00:00:00Z' })),
    options: account({}),
    errors: invalid(`${PROFILE}/attributes/subscriptions/email/marketing/consented_at`),
    off: without(BODY, 'if (change.consented_at)', 'if (false)'),
  }),
  refuses('a subscription from a page has an identifier for each of its channels', {
    path: at('subscriptions'),
    body: subscription({ ...bySms(PHONE, 'SUBSCRIBED'), ...ADA, phone_number: undefined }),
    options: account({}),
    errors: invalid(`${PROFILE}/attributes/phone_number`),
    off: without(BODY, '  channelsHaveIdentifiers,\n  noConsentedAt', '  noConsentedAt'),
  }),
  refuses('a subscription from a page with an unknown `_kx` is refused', {
    path: at('subscriptions'),
    body: subscription({ ...ADA, _kx: 'old' }),
    options: account({}),
    errors: invalid(`${PROFILE}/attributes/_kx`),
    off: without(SUBSCRIBE, 'if (isUnknownExchangeId(account, data))', 'if (false)'),
  }),
  refuses('an age-gated account takes no SMS consent from a page, which has no date of birth to give', {
    path: at('subscriptions'),
    body: subscription({ phone_number: PHONE }),
    options: account({ ageGated: true }),
    errors: invalid(`${PROFILE}/attributes/age_gated_date_of_birth`),
    off: without(SUBSCRIBE, 'if (issues.length > 0) return refuseBody(issues);'),
  }),
];
