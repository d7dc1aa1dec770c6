import { expect, it } from 'vitest';
import { readHints } from '../../../src/enrich/readHints.ts';

it('reads the hints that browsers send unasked, in the shape of the API', () => {
  const hints = readHints(
    new Headers({
      'sec-ch-ua': '"Chromium";v="142", "Brave";v="142", "Not_A Brand";v="99"',
      'sec-ch-ua-mobile': '?1',
      'sec-ch-ua-platform': '"Android"',
    }),
  );
  expect([JSON.parse(hints ?? ''), readHints(new Headers())]).toEqual([
    {
      brands: [
        { brand: 'Chromium', version: '142' },
        { brand: 'Brave', version: '142' },
        { brand: 'Not_A Brand', version: '99' },
      ],
      mobile: true,
      platform: 'Android',
    },
    undefined,
  ]);
});
