import { describe, expect, it } from 'vitest';
import { subjectsOf } from '../../../src/consent/subjects.ts';

const keys = { current: '1', keys: { 1: 'one-key-of-at-least-32-characters' } };
const who = { email: 'ada@example.com', anonymous_id: 'anon-1' };

describe('a person in the ledger', () => {
  it('is known by one subject for each identifier, without showing it', async () => {
    const subjects = await subjectsOf('main', who, keys);
    expect(subjects.map(({ kind, subject }) => [kind, /^1\.[0-9a-f]{64}$/.test(subject)])).toEqual([
      ['email', true],
      ['anonymous', true],
    ]);
  });

  it('is another subject in another account, under another key, and by another kind of identifier', async () => {
    const others = { current: '1', keys: { 1: 'another-key-of-at-least-32-chars!' } };
    const found = await Promise.all([
      subjectsOf('main', { email: 'x' }, keys),
      subjectsOf('second', { email: 'x' }, keys),
      subjectsOf('main', { email: 'x' }, others),
      subjectsOf('main', { external_id: 'x' }, keys),
    ]);
    expect(new Set(found.flat().map(({ subject }) => subject)).size).toBe(4);
  });

  it('is never hashed with a key that is not there', async () => {
    await expect(subjectsOf('main', who, { ...keys, current: '2' })).rejects.toThrow(
      'LEDGER_KEYS has no key of version 2',
    );
  });
});
