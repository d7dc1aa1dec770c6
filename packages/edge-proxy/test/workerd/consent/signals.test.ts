import type { JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { tcString } from '../../unit/consent/support/tcString.ts';
import { no, order, track, yes } from '../support/messages.ts';
import { sendBatch, sendServerBatch, summary } from '../support/post.ts';
import { testConfig } from '../support/settings.ts';
import { visit } from '../support/visit.ts';
import { openWorld } from '../support/world.ts';

const all = { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' };
const agreed = tcString([1, 3, 4]);
const refused = tcString([1, 2, 7]);

/** What the door says to one view each of somebody whose browser says so. */
async function ask(contexts: JsonObject[]): Promise<string[]> {
  const { json } = await sendBatch(contexts.map((consent, at) => track(`m${at}`, { context: { consent } })));
  const codes = new Map(json.rejected.map(({ index, code, path }) => [index, path ? `${code} ${path}` : code]));
  return contexts.map((_, index) => codes.get(index) ?? 'accepted');
}

describe('Nothing leaves without consent', () => {
  it('whichever signal says it: Consent Mode and TCF strings count as the banner does', async () => {
    openWorld();
    const banner = (marketing: boolean) => ({ categoryPreferences: { marketing } });
    const said = await ask([
      { googleConsentMode: { ...all, wait_for_update: 500, functionality_storage: 'denied' } },
      { googleConsentMode: { ...all, ad_personalization: 'denied' } },
      { googleConsentMode: { ad_storage: 'granted' } },
      { tcf: agreed },
      { tcf: refused },
      { ...banner(true), tcf: refused },
      { ...banner(true), googleConsentMode: { ad_storage: 'denied' } },
      { ...banner(false), googleConsentMode: all, tcf: agreed },
      { googleConsentMode: all, tcf: agreed, gpc: true },
    ]);
    expect(said).toEqual([
      'accepted',
      'consent_denied',
      'consent_unknown',
      'accepted',
      'consent_denied',
      'consent_denied',
      'consent_denied',
      'consent_denied',
      'consent_denied',
    ]);
  });

  it('a TC string that cannot be read says nothing, and costs neither its event nor another', async () => {
    openWorld();
    const said = await ask([
      { tcf: 'not a string of consent' },
      { tcf: '', categoryPreferences: { marketing: true } },
      { tcf: agreed.slice(0, 20), categoryPreferences: { marketing: true } },
      { tcf: null, googleConsentMode: null, categoryPreferences: { marketing: true } },
    ]);
    expect(said).toEqual(['consent_unknown', 'accepted', 'accepted', 'accepted']);
  });

  it('what is no signal at all is named, like any other field of a wrong kind', async () => {
    openWorld();
    expect(await ask([{ tcf: 1 }, { googleConsentMode: { ad_storage: true } }, { tcf: agreed }])).toEqual([
      'event_invalid context.consent',
      'event_invalid context.consent',
      'accepted',
    ]);
  });

  it('a string that names all vendors thousands of times, in each of 100 messages, is answered like any other', async () => {
    openWorld();
    // Each of another CMP, so that none is remembered. Decoded whole, the first alone would take seconds.
    const bombs = Array.from({ length: 100 }, (_, n) => ({
      tcf: tcString([1, 3, 4], { cmpId: n + 2, allVendors: 600 }),
    }));
    expect(new Set(await ask(bombs))).toEqual(new Set(['accepted']));
  });

  it("a batch's TC string is every message's", async () => {
    openWorld();
    const batch = ['m1', 'm2'].map((messageId) => ({ type: 'track', event: 'Ping', messageId }));
    const answer = await sendServerBatch(batch, { context: { consent: { tcf: refused } }, anonymousId: 'a' });
    expect(summary(answer)).toEqual([202, 0, ['m1', 'm2'].map((id, index) => ({ index, id, code: 'consent_denied' }))]);
  });

  it.each([
    ['send', 'an order', ['Order Completed'], []],
    ['send', 'a checkout', [], []],
    ['refuse', 'an order', ['Order Completed'], []],
    ['refuse', 'a checkout', [], ['consent_unknown', 'consent_unknown', 'consent_unknown']],
  ])(
    "a back end in the US that says nothing of consent, unknown: %s; %s of the EU's",
    async (unknown, what, transactional, codes) => {
      openWorld();
      const event = what === 'an order' ? 'Order Completed' : 'Checkout Started';
      const about = { event, context: null };
      const { rejected } = await visit(
        'sk_backend',
        [
          order('m1', '1', { ...about, properties: { order_id: '1', shipping_address: { country_code: 'DE' } } }),
          // Nothing says where this customer is: the strictest rule, not the data centre's.
          order('m2', '2', about),
          order('m3', '3', { ...about, context: { location: { country: 'FR' } } }),
        ],
        { cf: { country: 'US' }, config: { consent: { ...testConfig.consent, server: { unknown, transactional } } } },
      );
      expect(rejected.map(({ code }) => code)).toEqual(codes);
    },
  );
});

describe('Everything has exactly one outcome', () => {
  it('refusals are counted by code, a line a request, without a word of whom', async () => {
    const world = openWorld();
    await sendBatch([track('m1', { context: no }), track('m2', { context: no }), track('m3', { context: null })]);
    await sendBatch([track('m4', { context: no }), track('m5', { event: '' }), track('m6', { context: yes })]);
    await sendBatch([track('m7')]);
    expect(world.output.map((line) => JSON.parse(line))).toEqual([
      {
        message: 'rejected',
        source: 'web',
        received: 3,
        accepted: 0,
        codes: { consent_denied: 2, consent_unknown: 1 },
      },
      { message: 'rejected', source: 'web', received: 3, accepted: 1, codes: { consent_denied: 1, event_invalid: 1 } },
    ]);
  });
});
