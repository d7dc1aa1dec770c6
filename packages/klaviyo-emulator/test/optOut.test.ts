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
