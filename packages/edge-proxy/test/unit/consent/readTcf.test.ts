import { TCString } from '@iabtcf/core';
import { describe, expect, it } from 'vitest';
import { readTcf } from '../../../src/consent/readTcf.ts';
import { rememberTcf } from '../../../src/consent/rememberTcf.ts';
import { tcString } from './support/tcString.ts';

const ALL = Array.from({ length: 24 }, (_, index) => index + 1);

function read(text: string): number[] | undefined {
  const purposes = readTcf(text);
  return purposes && ALL.filter((purpose) => purposes.has(purpose));
}

/** The example of IAB's own specification: purposes 1 to 3, vendors, and a segment of vendors that may be asked. */
const SPECIFIED =
  'COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw';

describe('the purposes of a TC string', () => {
  it.each([
    ['the example of the specification', SPECIFIED, [1, 2, 3]],
    ['none', tcString([]), []],
    ['some', tcString([1, 3, 4]), [1, 3, 4]],
    ['all', tcString(ALL), ALL],
    ['purpose 1 where it was not asked for', tcString([3, 4], { purposeOneTreatment: true }), [1, 3, 4]],
    // Decoded whole, it takes seconds of CPU.
    ['a string that names every vendor again and again', tcString([2], { allVendors: 4095 }), [2]],
  ])('%s', (_title, text, purposes) => {
    expect(read(text)).toEqual(purposes);
  });

  it.each(ALL)('purpose %i alone, as the library reads it from the whole string', (purpose) => {
    const text = tcString([purpose]);
    const whole = TCString.decode(text).purposeConsents;
    expect([read(text), ALL.filter((each) => whole.has(each))]).toEqual([[purpose], [purpose]]);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'granted'],
    ['cut off before the purposes', tcString([1, 3, 4]).slice(0, 33)],
    ['of version 1', tcString([1, 3, 4], { version: 1 })],
    ['of a version to come', tcString([1, 3, 4], { version: 3 })],
    ['of no CMP', tcString([1, 3, 4], { cmpId: 0 })],
    ['with a character that is none', `${tcString([1, 3, 4]).slice(0, 10)}€${tcString([1, 3, 4]).slice(11)}`],
    ['in segments where the core is not over', `${tcString([1, 3, 4]).slice(0, 20)}.${tcString([1, 3, 4]).slice(21)}`],
    ["of IAB's other framework, GPP", 'DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA'],
    ['of a lone surrogate', '\ud800'.repeat(50)],
  ])('says nothing when it is %s', (_title, text) => {
    expect(read(text)).toBeUndefined();
  });
});

it('a string that all messages of a request bring is decoded once, another one anew', () => {
  const remembered = rememberTcf();
  const [first, second] = [tcString([1]), tcString([1, 3, 4])];
  const [once, again, other, none, back] = [first, first, second, undefined, first].map(remembered);
  expect([once === again, once?.has(3), other?.has(3), none, back?.has(3), rememberTcf()('COx')]).toEqual([
    true,
    false,
    true,
    undefined,
    false,
    undefined,
  ]);
});
