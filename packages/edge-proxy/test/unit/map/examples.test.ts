import { createEmulator, DEMO_ACCOUNT } from '@sluice/klaviyo-emulator';
import { mappingExamples } from '@sluice/shared/examples';
import { describe, expect, it } from 'vitest';
import { storeItem } from '../../../src/deliver/storedItem.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { loadContract } from '../contract/support/loadContract.ts';
import { callsOf } from '../deliver/support/callsOf.ts';
import { accept } from './support/accept.ts';
import { makeSettings, receivedAtMs } from './support/settings.ts';
import { toExample } from './support/toExample.ts';

const contract = loadContract();
const lists = ['DEMO01', 'BUYERS', 'VIP001', 'FULL01', 'HATS01', 'SALE01'].map((id) => ({ id, name: id }));
const klaviyo = createEmulator({
  accounts: [{ ...DEMO_ACCOUNT, lists }],
  clock: { startMs: receivedAtMs },
  limits: { enabled: false },
});

/** The answers of a Klaviyo that checks what no schema says. */
async function answersTo(calls: ReturnType<typeof callsOf>): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const { operation, body } of calls) {
    const { method, path } = OPERATIONS[operation];
    const headers = {
      authorization: 'Klaviyo-API-Key pk_emulator_demo',
      revision: '2026-07-15',
      'content-type': 'application/json',
    };
    const request = new Request(`http://klaviyo.test${path}`, { method, headers, body: JSON.stringify(body) });
    const answer = await klaviyo.fetch(request);
    answers.push(answer.ok ? 'taken' : await answer.json());
  }
  return answers;
}

describe('the examples of the contract', () => {
  it.each(mappingExamples)('$title', async ({ in: message, from, config, out }) => {
    const items = mapEvent(accept(message), makeSettings({ trusted: from === 'server', ...config }));
    const calls = callsOf(items.map(storeItem));
    const wrong = calls.flatMap(({ operation, body }) => contract?.request(operation, body) ?? []);
    // An exchange id is only good if Klaviyo itself gave it out.
    const answers = await answersTo(callsOf(items.filter(({ who }) => who._kx === undefined).map(storeItem)));
    expect([items.map(toExample), wrong, answers]).toEqual([out, [], answers.map(() => 'taken')]);
  });

  it('have a title and a message id of their own each', () => {
    const titles = mappingExamples.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  it('are at least 80', () => {
    expect(mappingExamples.length).toBeGreaterThanOrEqual(80);
  });
});
