import { expect, it, vi } from 'vitest';
import { logDefect } from '../../src/logDefect.ts';

it('the log says of several troubles what each of them was', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  logDefect('alarm failed', new AggregateError([new Error('no such table'), new Error('away')], 'not frozen'));
  const { error } = JSON.parse(log.mock.calls[0]?.[0]);
  expect(['not frozen', 'no such table', 'away'].filter((text) => !error.includes(text))).toEqual([]);
});
