import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };

/** Page and screen views, and visits. */
export const pageExamples: readonly MappingExample[] = [
  {
    title: 'page becomes Viewed Page',
    in: {
      type: 'page',
      messageId: 'msg-page-1',
      anonymousId: 'anon-1',
      name: 'Home',
      category: 'Start',
      properties: { title: 'The shop' },
      context: { page: { url: 'https://shop.example.com/', path: '/', title: 'Shop', referrer: '' } },
    },
    out: [
      {
        metric: 'Viewed Page',
        unique_id: 'msg-page-1',
        profile: anonymous,
        properties: {
          url: 'https://shop.example.com/',
          path: '/',
          title: 'The shop',
          referrer: '',
          name: 'Home',
          category: 'Start',
        },
      },
    ],
  },
  {
    title: 'The page view that begins a session is Active on Site too, once a session',
    in: {
      type: 'page',
      messageId: 'msg-page-2',
      anonymousId: 'anon-1',
      context: {
        sessionId: 1785000000000,
        sessionStart: true,
        page: { url: 'https://shop.example.com/sale', referrer: 'https://search.example.com/' },
      },
    },
    out: [
      {
        metric: 'Viewed Page',
        unique_id: 'msg-page-2',
        profile: anonymous,
        properties: { url: 'https://shop.example.com/sale', referrer: 'https://search.example.com/' },
      },
      {
        metric: 'Active on Site',
        unique_id: '1785000000000',
        profile: anonymous,
        properties: { page: 'https://shop.example.com/sale', referrer: 'https://search.example.com/' },
      },
    ],
  },
  {
    title: 'screen becomes Viewed Screen',
    in: {
      type: 'screen',
      messageId: 'msg-screen-1',
      anonymousId: 'anon-1',
      name: 'Wish list',
      properties: { items: 3 },
      context: { sessionId: 's-1', sessionStart: false },
    },
    out: [
      {
        metric: 'Viewed Screen',
        unique_id: 'msg-screen-1',
        profile: anonymous,
        properties: { items: 3, name: 'Wish list' },
      },
    ],
  },

  {
    title: 'Page views can be switched off, and visits stay',
    config: { events: { disabled: ['Viewed Page'] } },
    in: {
      type: 'page',
      messageId: 'msg-page-3',
      anonymousId: 'anon-1',
      context: { sessionId: 's-9', sessionStart: true, page: { url: 'https://shop.example.com/' } },
    },
    out: [
      {
        metric: 'Active on Site',
        unique_id: 's-9',
        profile: anonymous,
        properties: { page: 'https://shop.example.com/' },
      },
    ],
  },
];
