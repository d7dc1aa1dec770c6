import type { MappingExample } from './example.ts';

const ping = { type: 'track', event: 'Ping', messageId: 'msg-who' } as const;
const sent = { metric: 'Ping', unique_id: 'msg-who' } as const;

/** Whose an event is. */
export const identityExamples: readonly MappingExample[] = [
  {
    title: 'A known e-mail address is the identity, beside the anonymous id that it belongs to',
    from: 'server',
    in: {
      ...ping,
      anonymousId: 'anon-1',
      userId: 'user-5',
      context: { traits: { email: ' Ada.Lovelace+shop@Example.com ', phone: '+44 20 7946-0000' } },
    },
    out: [
      {
        ...sent,
        profile: { email: 'ada.lovelace+shop@example.com', phone_number: '+442079460000', anonymous_id: 'anon-1' },
        properties: {},
      },
    ],
  },
  {
    title: 'With emailAsPrimary off the external id goes along',
    from: 'server',
    config: { identity: { emailAsPrimary: false } },
    in: { ...ping, userId: 'user-5', context: { traits: { email: 'ada@example.com' } } },
    out: [{ ...sent, profile: { email: 'ada@example.com', external_id: 'user-5' }, properties: {} }],
  },
  {
    title: 'A user id that is an e-mail address is the e-mail address',
    in: { ...ping, anonymousId: 'anon-1', userId: "O'Neil@Example.com" },
    out: [{ ...sent, profile: { email: "o'neil@example.com", anonymous_id: 'anon-1' }, properties: {} }],
  },
  {
    title: 'Without an address a back end’s event goes by phone and external id',
    from: 'server',
    in: { ...ping, userId: 'user-5', properties: { phone: '+1 (415) 555-0100', step: 2 } },
    out: [{ ...sent, profile: { phone_number: '+14155550100', external_id: 'user-5' }, properties: { step: 2 } }],
  },
  {
    title: 'From a page neither phone nor user id goes beside an address',
    in: {
      ...ping,
      anonymousId: 'anon-1',
      userId: 'user-5',
      context: { traits: { email: 'ada@example.com', phone: '+14155550100' } },
    },
    out: [{ ...sent, profile: { email: 'ada@example.com', anonymous_id: 'anon-1' }, properties: {} }],
  },
  {
    title: 'An unusable address or number stays a property and costs no event',
    in: { ...ping, anonymousId: 'anon-1', properties: { email: 'ada@', phone: '020 7946 0000' } },
    out: [{ ...sent, profile: { anonymous_id: 'anon-1' }, properties: { email: 'ada@', phone: '020 7946 0000' } }],
  },
  {
    title: 'A back end’s number without a country code is one of the buyer’s country, and no property then',
    from: 'server',
    in: {
      ...ping,
      userId: 'user-5',
      context: { locale: 'en-US', location: { country: 'GB' } },
      properties: { phone: '020 7946 0000' },
    },
    out: [{ ...sent, profile: { phone_number: '+442079460000', external_id: 'user-5' }, properties: {} }],
  },
  {
    title: 'Both spellings of an international domain are one address',
    in: { ...ping, anonymousId: 'anon-1', context: { traits: { email: 'Info@Bücher.example' } } },
    out: [{ ...sent, profile: { email: 'info@xn--bcher-kva.example', anonymous_id: 'anon-1' }, properties: {} }],
  },
  {
    title: 'Klaviyo’s link in a mail says who came, as long as no address does',
    in: {
      ...ping,
      anonymousId: 'anon-1',
      context: { page: { url: 'https://shop.example.com/?utm_source=mail&_kx=abc-123.XyZ' } },
    },
    out: [{ ...sent, profile: { anonymous_id: 'anon-1', _kx: 'abc-123.XyZ' }, properties: {} }],
  },
  {
    title: 'An address beats Klaviyo’s cookie',
    in: {
      ...ping,
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' }, klaviyo: { _kx: 'abc-123.XyZ' } },
    },
    out: [{ ...sent, profile: { email: 'ada@example.com', anonymous_id: 'anon-1' }, properties: {} }],
  },
  {
    title: 'An address that a page’s event mentions is not taken for the visitor’s',
    in: { ...ping, anonymousId: 'anon-1', properties: { email: 'friend@example.com' } },
    out: [{ ...sent, profile: { anonymous_id: 'anon-1' }, properties: { email: 'friend@example.com' } }],
  },
];
