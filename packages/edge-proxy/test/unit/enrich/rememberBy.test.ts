import { expect, it } from 'vitest';
import { MAX_REMEMBERED } from '../../../src/enrich/limits.ts';
import { rememberBy } from '../../../src/enrich/rememberBy.ts';

it('computes once what it remembers, and forgets the oldest', () => {
  const computed: string[] = [];
  const length = rememberBy((text) => {
    computed.push(text);
    return text.length;
  });
  const lengths = ['a', 'bb', 'a'].map(length);
  for (let n = 0; n < MAX_REMEMBERED - 1; n++) length(`more ${n}`);
  computed.length = 0;
  expect([lengths, length('bb'), length('a'), computed]).toEqual([[1, 2, 1], 2, 1, ['a']]);
});
