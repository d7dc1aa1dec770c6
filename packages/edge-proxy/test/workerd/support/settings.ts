/** The configuration and secrets that the tests run with: the shape of sluice.config.jsonc and of the demo's secrets. */
export const KLAVIYO_KEY = 'pk_emulator_demo';
export const LEDGER_KEY = 'test-ledger-key-not-for-production!';
export const WEBHOOK_SECRET = 'test-webhook-secret-not-for-production';
export const KLAVIYO_WEBHOOK_SECRET = 'test-klaviyo-webhook-secret';
export const ORIGIN = 'https://shop.example';

export const testConfig = {
  accounts: { main: { baseUrl: 'https://klaviyo.test', defaultList: 'DEMO01', share: 0.9 } },
  sources: [
    { id: 'web', kind: 'public', writeKey: 'wk_demo', origins: [ORIGIN] },
    { id: 'relaxed', kind: 'public', writeKey: 'wk_relaxed', origins: ['*'], policy: 'relaxed', lists: ['OTHER1'] },
    { id: 'backend', kind: 'server', scopes: ['events', 'consent', 'lists'] },
    { id: 'reader', kind: 'server', scopes: ['lists'] },
    { id: 'sender', kind: 'server', scopes: ['events'] },
  ],
  // An `Identified` event beside every identify would stand in all figures; test/model/merges.test.ts has them.
  events: { serverOnly: ['Subscription Renewed', 'Order Fulfilled'], disabled: ['Identified'] },
  rules: [
    { when: 'Warranty Registered', where: [{ field: 'years', op: 'gte', value: 2 }], addTo: 'DEMO01' },
    { when: 'Order Refunded', addTo: 'DEMO01' },
  ],
  consent: { relaxed: { unknown: 'send' } },
  webhooks: { alerts: 'https://alerts.test/hook', optOuts: 'https://opt-outs.test/hook' },
};

export const testSecrets = {
  KLAVIYO_API_KEY: KLAVIYO_KEY,
  SECRET_KEYS: JSON.stringify({ backend: ['sk_backend'], reader: ['sk_reader'], sender: ['sk_sender'] }),
  OPERATOR_TOKENS: JSON.stringify({ alice: ['op_alice'] }),
  LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: LEDGER_KEY } }),
};
