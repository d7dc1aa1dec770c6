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
    title: 'group from a page changes nothing, unless `company` is an allowed trait',
    in: { type: 'group', messageId: 'msg-group-1', anonymousId: 'anon-1', groupId: 'g-1', traits: { name: 'Engines' } },
    out: [],
  },

  {
    title: 'identify as Klaviyo’s own script has it: `$email` says who it is',
    in: {
      type: 'identify',
      messageId: 'msg-identify-16',
      anonymousId: 'anon-1',
      traits: { $email: 'Ada@Example.com', $phone_number: '+44 20 7946 0000', $first_name: 'Ada', $id: 'user-7' },
    },
    out: [
      { profile: { email: 'ada@example.com' }, attributes: { first_name: 'Ada' } },
      {
        metric: 'Identified',
        unique_id: 'msg-identify-16',
        profile: { email: 'ada@example.com', anonymous_id: 'anon-1' },
        properties: {},
      },
    ],
  },
  {
    title: 'identify by the name that Klaviyo’s API has for the number',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-17',
      traits: { email: 'ada@example.com', phone_number: '+44 20 7946 0000' },
    },
    out: [{ profile: { email: 'ada@example.com', phone_number: '+442079460000' }, attributes: {} }],
  },
  {
    title: 'identify with Klaviyo’s own names, and its `$` names of old',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-6',
      traits: {
        email: 'ada@example.com',
        $first_name: 'Ada',
        last_name: 'Lovelace',
        $organization: 'Engines',
        image: 'https://shop.example.com/ada.jpg',
        $city: 'London',
        $country: 'GB',
        $source: 'import',
        timezone: 'Europe/London',
      },
    },
    out: [
      {
        profile: { email: 'ada@example.com' },
        attributes: {
          first_name: 'Ada',
          last_name: 'Lovelace',
          organization: 'Engines',
          image: 'https://shop.example.com/ada.jpg',
          location: { city: 'London', country: 'GB', timezone: 'Europe/London' },
        },
      },
    ],
  },
  {
    title: 'identify with a location by Klaviyo’s names',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-7',
      traits: {
        email: 'ada@example.com',
        location: {
          address1: '12 Example Road',
          city: 'London',
          zip: 'EC1A 1BB',
          country: 'GB',
          latitude: 51.52,
          longitude: '-0.0979',
          timezone: 'Europe/London',
          floor: 3,
        },
      },
    },
    out: [
      {
        profile: { email: 'ada@example.com' },
        attributes: {
          location: {
            address1: '12 Example Road',
            city: 'London',
            zip: 'EC1A 1BB',
            country: 'GB',
            latitude: 51.52,
            longitude: -0.0979,
            timezone: 'Europe/London',
          },
          properties: { location: { floor: 3 } },
        },
      },
    ],
  },
  {
    title: 'A locale that is none stays a property, as does a name that cannot be split',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-8',
      traits: { email: 'ada@example.com', locale: 'English, please', name: 'Ada Lovelace' },
    },
    out: [
      {
        profile: { email: 'ada@example.com' },
        attributes: { properties: { locale: 'English, please', name: 'Ada Lovelace' } },
      },
    ],
  },
  {
    title: 'A null changes nothing',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-9',
      traits: { email: 'ada@example.com', firstName: null, size: null, vip: true },
    },
    out: [{ profile: { email: 'ada@example.com' }, attributes: { properties: { vip: true } } }],
  },
  {
    title: '`$append`, `$unappend` and `$unset` patch custom properties',
    from: 'server',
    in: {
      type: 'identify',
      messageId: 'msg-identify-10',
      traits: {
        email: 'ada@example.com',
        vip: true,
        $append: { interests: 'hats' },
        $unappend: { interests: ['shoes'] },
        $unset: ['size', 'email'],
      },
    },
    out: [
      { profile: { email: 'ada@example.com' }, attributes: { properties: { vip: true } } },
      {
        profile: { email: 'ada@example.com' },
        attributes: {},
        patch: { append: { interests: 'hats' }, unappend: { interests: ['shoes'] }, unset: ['size'] },
      },
    ],
  },
  {
    title: 'From a page a patch changes allowed traits alone',
    config: { identity: { publicTraits: ['email', 'interests'] } },
    in: {
      type: 'identify',
      messageId: 'msg-identify-11',
      anonymousId: 'anon-1',
      traits: { email: 'ada@example.com', $append: { interests: 'hats', vip: true }, $unset: 'credit' },
    },
    out: [
      { profile: { email: 'ada@example.com' }, attributes: {} },
      {
        profile: { email: 'ada@example.com' },
        attributes: {},
        patch: { append: { interests: 'hats' } },
      },
      {
        metric: 'Identified',
        unique_id: 'msg-identify-11',
        profile: { email: 'ada@example.com', anonymous_id: 'anon-1' },
        properties: {},
      },
    ],
  },
  {
    title: 'group from a back end: the company is the profile’s organisation, the rest a property',
    from: 'server',
    in: {
      type: 'group',
      messageId: 'msg-group-2',
      userId: 'user-5',
      groupId: 'g-1',
      traits: { name: 'Analytical Engines', industry: 'Mills', employees: 2 },
      context: { traits: { email: 'ada@example.com' } },
    },
    out: [
      {
        profile: { email: 'ada@example.com', external_id: 'user-5' },
        attributes: {
          organization: 'Analytical Engines',
          properties: { company: { id: 'g-1', industry: 'Mills', employees: 2 } },
        },
      },
    ],
  },
  {
    title: 'group that says that it is a Klaviyo list: a place on that list, no change of consent',
    from: 'server',
    in: {
      type: 'group',
      messageId: 'msg-group-3',
      userId: 'user-5',
      groupId: 'DEMO01',
      context: { klaviyo: { list: true }, traits: { email: 'ada@example.com' } },
    },
    out: [{ profile: { email: 'ada@example.com' }, addTo: 'DEMO01' }],
  },
  {
    title: 'group is never taken for a list by its id',
    from: 'server',
    in: {
      type: 'group',
      messageId: 'msg-group-4',
      groupId: 'DEMO01',
      context: { traits: { email: 'ada@example.com' } },
    },
    out: [
      {
        profile: { email: 'ada@example.com' },
        attributes: { properties: { company: { id: 'DEMO01' } } },
      },
    ],
  },
];
