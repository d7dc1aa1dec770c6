import { parseConfig } from '@sluice/shared';
import { expect, it } from 'vitest';
import { takeSubscription } from '../../../src/lists/takeSubscription.ts';

const parsed = parseConfig({
  accounts: { main: { defaultList: 'DEMO01' } },
  sources: [
    { id: 'web', kind: 'public', writeKey: 'wk_demo', origins: ['https://shop.example'] },
    { id: 'backend', kind: 'server' },
  ],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { config } = parsed;

/** The number that a sign-up is taken in with, or the code that it is refused with. */
function phoneOf(kind: 'public' | 'server', country: string | undefined, body: object): string | undefined {
  const source = config.sources.find((source) => source.kind === kind);
  const { main: account } = config.accounts;
  if (!source || !account) throw new Error('the configuration has both');
  const taken = takeSubscription({ channels: ['sms'], ...body }, { source, account, config, country, receivedAtMs: 0 });
  return taken.ok ? taken.subscription.phone : taken.code;
}

it('completes a number with the country where the edge sees the visitor, or with that of the locale a server names', () => {
  const phone = '020 7946 0000';
  const profile = { locale: 'en-GB' };
  expect([
    phoneOf('public', 'GB', { phone }),
    phoneOf('public', 'DE', { phone: '+44 20 7946 0000' }),
    phoneOf('public', undefined, { phone, profile }),
    // The country of the data centre is not the customer's.
    phoneOf('server', 'GB', { phone }),
    phoneOf('server', 'US', { phone, profile }),
  ]).toEqual(['+442079460000', '+442079460000', 'phone_invalid', 'phone_invalid', '+442079460000']);
});
