import type { MappingExample } from './example.ts';

/** What identify, alias and group become. */
export const profileExamples: readonly MappingExample[] = [
  {
    title: 'identify from a back end: all traits, Klaviyo’s attributes by their names',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-1',
      userId: 'user-5',
      traits: {
        email: 'Ada@Example.com',
        phone: '+44 20 7946 0000',
        firstName: 'Ada',
        lastName: 'Lovelace',
        title: 'Countess',
        avatar: 'https://shop.example.com/ada.jpg',
        locale: 'en_GB',
        company: { name: 'Analytical Engines', employees: 2 },
        address: { street: '12 Example Road', city: 'London', state: 'LND', postalCode: 'EC1A 1BB', country: 'GB' },
        favouriteColour: 'blue',
        loyalty_points: 0,
      },
    },
    out: [
      {
        profile: { email: 'ada@example.com', phone_number: '+442079460000', external_id: 'user-5' },
        attributes: {
          first_name: 'Ada',
          last_name: 'Lovelace',
          organization: 'Analytical Engines',
          title: 'Countess',
          image: 'https://shop.example.com/ada.jpg',
          locale: 'en-GB',
          location: { address1: '12 Example Road', city: 'London', region: 'LND', zip: 'EC1A 1BB', country: 'GB' },
          properties: { company: { employees: 2 }, favouriteColour: 'blue', loyalty_points: 0 },
        },
      },
    ],
  },
  {
    title: 'identify from a page: the traits that the configuration allows, and no phone beside an address',
    in: {
      type: 'identify',
      messageId: 'msg-identify-2',
      anonymousId: 'anon-1',
      userId: 'user-5',
      traits: { email: 'ada@example.com', phone: '+442079460000', first_name: 'Ada', vip: true, title: 'Countess' },
    },
    out: [
      { profile: { email: 'ada@example.com' }, attributes: { first_name: 'Ada' } },
      // Sent only if no other event brings both ids within a minute.
      {
        metric: 'Identified',
        unique_id: 'msg-identify-2',
        profile: { email: 'ada@example.com', anonymous_id: 'anon-1' },
        properties: {},
      },
    ],
  },
  {
    title: 'identify from a page by phone alone',
    in: {
      type: 'identify',
      messageId: 'msg-identify-3',
      anonymousId: 'anon-1',
      traits: { phone: '+44 (20) 7946.0000' },
    },
    out: [
      { profile: { phone_number: '+442079460000' }, attributes: {} },
      {
        metric: 'Identified',
        unique_id: 'msg-identify-3',
        profile: { phone_number: '+442079460000', anonymous_id: 'anon-1' },
        properties: {},
      },
    ],
  },
  {
    title: 'identify with nothing but a user id: from a page it changes no profile',
    in: {
      type: 'identify',
      messageId: 'msg-identify-4',
      anonymousId: 'anon-1',
      userId: 'user-5',
      traits: { firstName: 'Ada' },
    },
    out: [],
  },
  {
    title: 'identify with nothing but a user id: from a back end it does',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-5',
      userId: 'user-5',
      traits: { firstName: 'Ada', phone: '020 7946' },
    },
    out: [{ profile: { external_id: 'user-5' }, attributes: { first_name: 'Ada', properties: { phone: '020 7946' } } }],
  },
  {
    title: 'alias becomes no item: it only tells later events whose they are',
    in: { type: 'alias', messageId: 'msg-alias-1', previousId: 'anon-1', userId: 'user-5' },
    out: [],
  },
  {
    title: 'group becomes nothing by itself',
    in: { type: 'group', messageId: 'msg-group-1', anonymousId: 'anon-1', groupId: 'g-1', traits: { name: 'Engines' } },
    out: [],
  },
];
