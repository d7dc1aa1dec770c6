import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/options.ts';
import { byEmail, bySms, memberBody, PATHS, profileBody, subscribeBody, unsubscribeBody } from './support/bodies.ts';
import { createTestEmulator, errorsOf, type TestEmulator } from './support/createTestEmulator.ts';

const ADA = 'ada@example.com';
const PHONE = '+15005550006';

const accounts: EmulatorOptions['accounts'] = [
  {
    publicKey: 'EMULAT',
    keys: [{ key: 'pk_emulator_demo' }],
    lists: [
      { id: 'SINGLE', name: 'Newsletter' },
      { id: 'DOUBLE', name: 'Careful', optIn: 'double_opt_in' },
    ],
  },
];
const create = (options: EmulatorOptions = {}) => createTestEmulator({ accounts, ...options });

/** A profile's e-mail and SMS consent, suppressions and lists in one line. */
function consentOf({ emulator }: TestEmulator, email = ADA): string {
  const profile = emulator.state().profiles.find((each) => each.email === email);
  if (!profile) return 'nobody';
  const { consent, suppressions, list_suppressions, lists } = profile;
  const parts = [`email ${consent.email.consent}`, `sms ${consent.sms.consent}`];
  if (consent.email.pending.length > 0) parts.push(`pending ${consent.email.pending.map(({ list }) => list)}`);
  if (suppressions.length > 0) parts.push(`suppressed ${suppressions.map(({ reason }) => reason)}`);
  if (list_suppressions.length > 0) parts.push(`off ${list_suppressions.map(({ list }) => list)}`);
  if (lists.length > 0) parts.push(`in ${lists}`);
  return parts.join(', ');
}

const subscribe = (emulator: TestEmulator, list?: string, profile = byEmail(ADA, 'SUBSCRIBED')) =>
  emulator.send('POST', PATHS.subscribe, subscribeBody({ profiles: [profile], ...(list ? { list } : {}) }));
const unsubscribe = (emulator: TestEmulator, list?: string, profile = byEmail(ADA, 'UNSUBSCRIBED')) =>
  emulator.send('POST', PATHS.unsubscribe, unsubscribeBody({ profiles: [profile], ...(list ? { list } : {}) }));
const suppress = (emulator: TestEmulator, path: string, type: string) =>
  emulator.send('POST', path, {
    data: { type, attributes: { profiles: { data: [{ type: 'profile', attributes: { email: ADA } }] } } },
  });

describe('subscribing', () => {
  test('with a single opt-in list subscribes and makes a member', async () => {
    const emulator = create();
    await subscribe(emulator, 'SINGLE');
    expect(consentOf(emulator)).toBe('email SUBSCRIBED, sms NEVER_SUBSCRIBED, in SINGLE');
  });

  test('without a list follows the opt-in of the account', async () => {
    const emulator = create({
      accounts: [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], defaultOptIn: 'double_opt_in' }],
    });
    await subscribe(emulator);
    expect(consentOf(emulator)).toBe('email NEVER_SUBSCRIBED, sms NEVER_SUBSCRIBED, pending ');
  });

  test('with a double opt-in list waits for the click, and only then makes a member', async () => {
    const emulator = create();
    await subscribe(emulator, 'DOUBLE');
    const before = consentOf(emulator);
    const confirmed = emulator.emulator.confirmOptIn({ email: ADA });
    expect([before, confirmed, consentOf(emulator)]).toEqual([
      'email NEVER_SUBSCRIBED, sms NEVER_SUBSCRIBED, pending DOUBLE',
      1,
      'email SUBSCRIBED, sms NEVER_SUBSCRIBED, in DOUBLE',
    ]);
  });

  test('as a historical import skips the confirmation and keeps the old date', async () => {
    const emulator = create();
    const consented_at = '2024-05-06T07:08:09Z';
    const profiles = [byEmail(ADA, 'SUBSCRIBED', { consented_at })];
    const body = subscribeBody({ list: 'DOUBLE', historical_import: true, profiles });
    await emulator.send('POST', PATHS.subscribe, body);
    const { consent } = emulator.emulator.state().profiles[0] ?? {};
    expect([consentOf(emulator), consent?.email.timestamp]).toEqual([
      'email SUBSCRIBED, sms NEVER_SUBSCRIBED, in DOUBLE',
      '2024-05-06T07:08:09+00:00',
    ]);
  });

  test('changes only the channels it names; an identifier beside them is merely set', async () => {
    const emulator = create();
    await subscribe(emulator, undefined, { ...byEmail(ADA, 'SUBSCRIBED'), phone_number: PHONE } as never);
    const phone = emulator.emulator.state().profiles[0]?.phone_number;
    expect([consentOf(emulator), phone]).toEqual(['email SUBSCRIBED, sms NEVER_SUBSCRIBED', PHONE]);
  });

  test('lifts an unsubscribe and a suppression by the user, however late it comes', async () => {
    const emulator = create();
    await unsubscribe(emulator);
    await suppress(emulator, PATHS.suppress, 'profile-suppression-bulk-create-job');
    const before = consentOf(emulator);
    await subscribe(emulator);
    expect([before, consentOf(emulator)]).toEqual([
      'email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE,USER_SUPPRESSED',
      'email SUBSCRIBED, sms NEVER_SUBSCRIBED',
    ]);
  });

  test('does not lift anything before the click of a double opt-in', async () => {
    const emulator = create();
    await unsubscribe(emulator);
    await subscribe(emulator, 'DOUBLE');
    expect(consentOf(emulator)).toBe(
      'email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, pending DOUBLE, suppressed UNSUBSCRIBE',
    );
  });

  test('reaches the profile that holds the address, channel by channel', async () => {
    const emulator = create();
    await emulator.send('POST', PATHS.profileImport, profileBody({ email: ADA }));
    await emulator.send('POST', PATHS.profileImport, profileBody({ email: 'bob@example.com', phone_number: PHONE }));
    const channels = { ...byEmail(ADA, 'SUBSCRIBED').subscriptions, ...bySms(PHONE, 'SUBSCRIBED').subscriptions };
    await subscribe(emulator, undefined, { email: ADA, phone_number: PHONE, subscriptions: channels } as never);
    expect([consentOf(emulator), consentOf(emulator, 'bob@example.com')]).toEqual([
      'email SUBSCRIBED, sms NEVER_SUBSCRIBED',
      'email NEVER_SUBSCRIBED, sms SUBSCRIBED',
    ]);
  });

  test('for SMS needs a date of birth where the account is age-gated', async () => {
    const emulator = create({
      accounts: [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], ageGated: true }],
    });
    const reply = await subscribe(emulator, undefined, bySms(PHONE, 'SUBSCRIBED') as never);
    expect(errorsOf(reply)).toEqual([
      '400 invalid /data/attributes/profiles/data/0/attributes/age_gated_date_of_birth',
    ]);
  });
});

describe('unsubscribing', () => {
  test('without a list withdraws globally and keeps the memberships', async () => {
    const emulator = create();
    await subscribe(emulator, 'SINGLE');
    await unsubscribe(emulator);
    expect(consentOf(emulator)).toBe('email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE, in SINGLE');
  });

  test('with a list takes a member off that list only', async () => {
    const emulator = create();
    await subscribe(emulator, 'SINGLE');
    await unsubscribe(emulator, 'SINGLE');
    expect(consentOf(emulator)).toBe('email SUBSCRIBED, sms NEVER_SUBSCRIBED, off SINGLE');
  });

  test('with a list withdraws globally from somebody who is no member of it', async () => {
    const emulator = create();
    await subscribe(emulator);
    await unsubscribe(emulator, 'SINGLE');
    expect(consentOf(emulator)).toBe('email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE');
  });

  test('creates a profile that Klaviyo does not know, unsubscribed', async () => {
    const emulator = create();
    await unsubscribe(emulator);
    expect(consentOf(emulator)).toBe('email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE');
  });

  test('ends a confirmation that is still open', async () => {
    const emulator = create();
    await subscribe(emulator, 'DOUBLE');
    await unsubscribe(emulator);
    expect([emulator.emulator.confirmOptIn({ email: ADA }), consentOf(emulator)]).toEqual([
      0,
      'email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE',
    ]);
  });
});

describe('other writers', () => {
  test('unsuppressing lifts a suppression by the user and leaves an unsubscribe', async () => {
    const emulator = create();
    await unsubscribe(emulator);
    await suppress(emulator, PATHS.suppress, 'profile-suppression-bulk-create-job');
    await suppress(emulator, PATHS.unsuppress, 'profile-suppression-bulk-delete-job');
    expect(consentOf(emulator)).toBe('email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed UNSUBSCRIBE');
  });

  test('adding to and removing from a list changes no consent', async () => {
    const emulator = create();
    const { body } = await emulator.send('POST', PATHS.profileImport, profileBody({ email: ADA }));
    const path = '/api/lists/SINGLE/relationships/profiles';
    await emulator.send('POST', path, memberBody([body.data.id]));
    const added = consentOf(emulator);
    await emulator.send('DELETE', path, memberBody([body.data.id]));
    expect([added, consentOf(emulator)]).toEqual([
      'email NEVER_SUBSCRIBED, sms NEVER_SUBSCRIBED, in SINGLE',
      'email NEVER_SUBSCRIBED, sms NEVER_SUBSCRIBED',
    ]);
  });

  test('a reader finds the unsubscribed by the time of their suppression', async () => {
    const emulator = create();
    await subscribe(emulator, undefined, byEmail('bob@example.com', 'SUBSCRIBED'));
    await unsubscribe(emulator);
    const filter = 'greater-or-equal(subscriptions.email.marketing.suppression.timestamp,2026-11-02T09:00:00Z)';
    const query = `filter=${encodeURIComponent(filter)}&additional-fields[profile]=subscriptions`;
    const { body } = await emulator.send('GET', `${PATHS.profiles}?${query}`);
    const found = body.data.map((profile: { attributes: Record<string, never> }) => profile.attributes);
    expect(
      found.map(({ email, subscriptions }: Record<string, never>) => [
        email,
        Object(subscriptions).email.marketing.suppression,
      ]),
    ).toEqual([[ADA, [{ reason: 'UNSUBSCRIBE', timestamp: '2026-11-02T09:00:00+00:00' }]]]);
  });

  test('an opt-out on a page of Klaviyo, a bounce and a complaint are seen by readers', async () => {
    const emulator = create();
    await subscribe(emulator, 'SINGLE');
    const optOut = (body: object) => emulator.send('POST', '/__emulator/optout', { email: ADA, ...body });
    const seen: string[] = [];
    for (const body of [{ list: 'SINGLE' }, { reason: 'HARD_BOUNCE' }, {}]) {
      await optOut(body);
      seen.push(consentOf(emulator));
    }
    const unknown = [(await optOut({ email: 'no@example.com' })).body, (await optOut({ reason: 'BORED' })).status];
    expect([seen, unknown]).toEqual([
      [
        'email SUBSCRIBED, sms NEVER_SUBSCRIBED, off SINGLE',
        'email SUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed HARD_BOUNCE, off SINGLE',
        'email UNSUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed HARD_BOUNCE,UNSUBSCRIBE, off SINGLE',
      ],
      [{ found: false }, 400],
    ]);
  });

  test('a subscribe does not lift a bounce', async () => {
    const emulator = create();
    await subscribe(emulator);
    emulator.emulator.optOut({ email: ADA, reason: 'HARD_BOUNCE' });
    await subscribe(emulator);
    expect(consentOf(emulator)).toBe('email SUBSCRIBED, sms NEVER_SUBSCRIBED, suppressed HARD_BOUNCE');
  });
});
