import { expect, test } from 'vitest';
import { renderWelcome } from '../stack/renderWelcome.ts';

const LOCAL = { proxy: 'http://127.0.0.1:1', storefront: 'http://127.0.0.1:2', emulator: 'http://127.0.0.1:3' };
const REAL = { ...LOCAL, emulator: null };

test.for([
  ['nothing of lists with the emulator', LOCAL, null, []],
  ['that a list without a key changes nothing', LOCAL, 'XyZ123', ['KLAVIYO_LIST_ID is set without KLAVIYO_API_KEY']],
  ['that sign-ups are refused without a list', REAL, null, ['No list is set, so newsletter sign-ups are refused']],
  ['nothing of lists with a key and a list', REAL, 'XyZ123', []],
] as const)('says %s', ([, urls, listId, said]) => {
  const found = renderWelcome(urls, listId).match(
    /KLAVIYO_LIST_ID is set without KLAVIYO_API_KEY|No list is set.*refused/g,
  );
  expect(found ?? []).toEqual(said);
});
