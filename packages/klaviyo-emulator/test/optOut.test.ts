import { expect, test } from 'vitest';
import { PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';

test('an opt-out over HTTP says whether the address was known, and refuses a reason that there is not', async () => {
  const { send, emulator } = createTestEmulator();
  await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }));
  const optOut = (body: object) => send('POST', '/__emulator/optout', body);
  const replies = [
    await optOut({ email: 'ada@example.com', reason: 'SPAM_COMPLAINT' }),
    await optOut({ email: 'no@example.com' }),
    await optOut({ email: 'ada@example.com', reason: 'BORED' }),
  ];
  expect([
    replies.map(({ status, body }) => [status, body.found]),
    emulator.state().profiles[0]?.suppressions.map(({ reason }) => reason),
  ]).toEqual([
    [
      [200, true],
      [200, false],
      [400, undefined],
    ],
    ['SPAM_COMPLAINT'],
  ]);
});

test('a STOP by SMS leaves SMS, and no e-mail', async () => {
  const { send, emulator } = createTestEmulator();
  const phone_number = '+12025550123';
  const subscriptions = { sms: { marketing: { consent: 'SUBSCRIBED' } } };
  const attributes = { phone_number, subscriptions };
  await send('POST', PATHS.subscribe, {
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: { profiles: { data: [{ type: 'profile', attributes }] } },
    },
  });
  const reply = await send('POST', '/__emulator/optout', { phone_number });
  const [profile] = emulator.state().profiles;
  expect([reply.body.found, profile?.consent.sms.consent, profile?.consent.email.consent]).toEqual([
    true,
    'UNSUBSCRIBED',
    'NEVER_SUBSCRIBED',
  ]);
});
