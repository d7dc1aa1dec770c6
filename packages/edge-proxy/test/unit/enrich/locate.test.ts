import type { JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../src/enrich/locate.ts';
import { readLocation } from '../../../src/enrich/readLocation.ts';
import { page, server, switches, track } from './support/facts.ts';

describe("a page's visitor", () => {
  it('is where the edge sees them, whatever the page says', () => {
    const message = track({ location: { country: 'US' }, timezone: 'Asia/Tokyo', ip: '203.0.113.1' });
    expect(locate(message, page, switches())).toEqual(page.location);
  });

  it('has the time zone of their browser where the edge knows none', () => {
    const edge = { ...page, location: { country: 'AT' } };
    expect([
      locate(track({ timezone: 'Europe/Vienna' }), edge, switches()),
      locate(track({ timezone: 'Mars/Base' }), edge, switches()),
    ]).toEqual([{ country: 'AT', timezone: 'Europe/Vienna' }, { country: 'AT' }]);
  });

  it('in the network Tor, or nowhere known, has no country', () => {
    const seen = ['T1', 'XX', 'AT'].map((country) => readLocation({ country } as IncomingRequestCfProperties));
    expect(seen).toEqual([{}, {}, { country: 'AT' }]);
  });
});

describe("a server's customer", () => {
  it.each<[string, JsonObject, object | undefined]>([
    ['nowhere without a word, wherever the data centre is', {}, undefined],
    [
      "where the context's location says",
      { location: { city: 'Graz', region: 'Styria', country: 'AT', latitude: 47.07, longitude: 15.44, speed: 3 } },
      { city: 'Graz', region: 'Styria', country: 'AT', latitude: 47.07, longitude: 15.44 },
    ],
    [
      "where the context's address says",
      { address: { city: 'Graz', state: 'Styria', country: 'Austria', postalCode: '8010', street: 'x' } },
      { city: 'Graz', region: 'Styria', country: 'Austria', zip: '8010' },
    ],
    ['in their time zone', { timezone: 'Europe/Vienna' }, { timezone: 'Europe/Vienna' }],
    ['in no time zone that is none', { timezone: '+02:00' }, undefined],
    ['not on the moon', { location: { latitude: 91, longitude: 0 } }, undefined],
    [
      'where a text says that UTF-8 can carry',
      { location: { city: `Gra\ud800${'z'.repeat(1000)}` } },
      { city: `Gra\ufffd${'z'.repeat(396)}` },
    ],
    ['not where nonsense says', { location: ['AT'], timezone: 7 }, undefined],
  ])('is %s', (_title, context, expected) => {
    expect(locate(track(context), server, switches())).toEqual(expected);
  });
});

describe('the IP address', () => {
  it("goes to Klaviyo where the configuration says so: the visitor's, never the back end's", () => {
    const on = switches({ location: false, ip: true });
    expect([
      locate(track(), page, on),
      locate(track({ ip: '203.0.113.1' }), server, on),
      locate(track(), server, on),
      locate(track({ ip: '203.0.113.1' }), page, switches({ location: false })),
    ]).toEqual([{ ip: '192.0.2.7' }, { ip: '203.0.113.1' }, undefined, undefined]);
  });
});
