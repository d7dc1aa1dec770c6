import { expect, it } from 'vitest';
import { truncateIp } from '../../../src/consent/truncateIp.ts';

it.each([
  ['203.0.113.77', '203.0.113.0'],
  ['2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff', '2001:db8:aaaa::'],
  ['2001:db8::1', '2001:db8::'],
  ['2001:db8:aaaa::1', '2001:db8:aaaa::'],
  ['::1', '::'],
  ['::ffff:203.0.113.77', '::'],
  ['fe80::1', 'fe80::'],
  ['', ''],
])('keeps of %s no more than %s', (ip, expected) => {
  expect(truncateIp(ip)).toBe(expected);
});
