import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { findSender } from '../../src/webhooks/findSender.ts';

const NOW = Date.UTC(2026, 10, 1, 12);
const secrets = new Map([
  ['main', 'webhook-secret-of-main'],
  ['other', 'webhook-secret-of-other'],
]);
const at = (ms: number) => new Date(NOW + ms).toUTCString();
const sign = (body: string, timestamp: string, secret = 'webhook-secret-of-main') => ({
  body,
  timestamp,
  signature: createHmac('sha256', secret)
    .update(body + timestamp)
    .digest('hex'),
});

it.each([
  ['is the account whose secret it is', sign('{}', at(0)), 'main'],
  ['may be any account', sign('{}', at(0), 'webhook-secret-of-other'), 'other'],
  ['may be five minutes old, or ahead', sign('{}', at(-300_000)), 'main'],
  ['may not be older', sign('{}', at(-301_000)), undefined],
  ['may not be further ahead', sign('{}', at(301_000)), undefined],
  ['has a secret that is known', sign('{}', at(0), 'webhook-secret-of-nobody'), undefined],
  ['signed this body', { ...sign('{}', at(0)), body: '{ }' }, undefined],
  ['signed this time', { ...sign('{}', at(-1000)), timestamp: at(0) }, undefined],
  ['has signed', { ...sign('{}', at(0)), signature: undefined }, undefined],
  ['signs in hex', { ...sign('{}', at(0)), signature: 'z'.repeat(64) }, undefined],
  ['signs all of it', { ...sign('{}', at(0)), signature: sign('{}', at(0)).signature.slice(0, 62) }, undefined],
  ['says when', { ...sign('{}', at(0)), timestamp: undefined }, undefined],
  ['says when so that it can be read', sign('{}', 'yesterday'), undefined],
])('the sender of a webhook %s', async (_title, signed, expected) => {
  expect(await findSender(signed, secrets, NOW)).toBe(expected);
});
