import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { eachLine } from '../stack/eachLine.ts';

test('gives whole lines, however the chunks are cut, and what is left at the end', async () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  const lines: string[] = [];
  eachLine(stream, (line) => lines.push(line));
  for (const chunk of ['one {"mess', 'age":1}\n', 'two\nthree\n\nfo', 'ur']) stream.write(chunk);
  stream.end();
  await finished(stream);
  expect(lines).toEqual(['one {"message":1}', 'two', 'three', '', 'four']);
});
