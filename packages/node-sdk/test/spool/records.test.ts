import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRecord, readRecords } from '../../src/node/spool/encodeRecord.ts';

const TEXTS = ['m0 {"messageId":"a"}', 'm1 {"name":"Łódź 漢字 😀"}', '-[[0,1]]', 'm2 {"a":"x"}', 'c3 {}'];
const file = () => Buffer.concat(TEXTS.map((text) => Buffer.from(encodeRecord(text))));
const lost = (damaged: Buffer) => {
  const { payloads, damagedBytes } = readRecords(damaged);
  return {
    missing: TEXTS.filter((text) => !payloads.includes(text)),
    foreign: payloads.filter((text) => !TEXTS.includes(text)),
    damagedBytes,
  };
};

test('reads what was written', () => {
  expect(readRecords(file())).toEqual({ payloads: TEXTS, damagedBytes: 0 });
});

test('any one damaged byte costs one record at most, never makes up another, and is noticed', () => {
  const found: unknown[] = [];
  for (let at = 0; at < file().length; at++)
    for (const value of [0x00, 0x0a, 0x20, 0x31, 0xff]) {
      const damaged = file();
      if (damaged[at] === value) continue;
      damaged[at] = value;
      const { missing, foreign, damagedBytes } = lost(damaged);
      if (missing.length > 1 || foreign.length > 0 || damagedBytes === 0) found.push({ at, value, missing, foreign });
    }
  expect(found).toEqual([]);
});

test('a cut file loses what was cut off, and says so unless the cut is clean', () => {
  const ends = [0];
  for (const text of TEXTS) ends.push((ends.at(-1) ?? 0) + encodeRecord(text).length);
  const found: unknown[] = [];
  for (let length = 0; length <= file().length; length++) {
    const { missing, foreign, damagedBytes } = lost(file().subarray(0, length));
    // The newline alone may be missing: the record before it is whole.
    const whole = ends.filter((end) => end > 0 && end - 1 <= length).length;
    const isClean = ends.includes(length);
    if (missing.length !== TEXTS.length - whole || foreign.length > 0 || damagedBytes > 0 === isClean)
      found.push({ length, missing, foreign, damagedBytes });
  }
  expect(found).toEqual([]);
});

test('bytes put in anywhere cost the record that they are put into', () => {
  fc.assert(
    fc.property(fc.nat(file().length), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, bytes) => {
      const { missing, foreign } = lost(Buffer.concat([file().subarray(0, at), bytes, file().subarray(at)]));
      return missing.length <= 1 && foreign.length === 0;
    }),
  );
});

test('a foreign file has no record', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => readRecords(Buffer.from(bytes)).payloads.length === 0),
  );
});
