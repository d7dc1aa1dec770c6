/** Secrets of the local demo. None opens anything outside this machine, but for a Klaviyo key of the caller's own. */
export function demoSecrets(klaviyoKey = 'pk_emulator_demo'): Record<string, string> {
  return {
    KLAVIYO_API_KEY: klaviyoKey,
    SECRET_KEYS: JSON.stringify({ backend: ['sk_demo'] }),
    OPERATOR_TOKENS: JSON.stringify({ demo: ['op_demo'] }),
    LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'demo-ledger-key-not-for-production' } }),
  };
}
