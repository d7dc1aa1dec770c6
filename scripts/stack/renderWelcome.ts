import type { Stack } from './createStack.ts';

/** What to open, and what the environment asked for in vain. */
export function renderWelcome({ storefront, proxy, emulator }: Stack['urls'], listId: string | null): string {
  return `
Sluice is running.

  Shop      ${storefront}   accept the banner, click around, buy something
  Klaviyo   ${emulator ? `${emulator}   the local emulator: watch the events arrive` : 'the real one, with your KLAVIYO_API_KEY'}
  Proxy     ${proxy}   GET /healthz
${note(emulator !== null, listId)}
Ctrl-C ends all of it; npm run reset forgets what was stored.
`;
}

function note(emulated: boolean, listId: string | null): string {
  if (emulated && listId)
    return '\nKLAVIYO_LIST_ID is set without KLAVIYO_API_KEY, so it changes nothing: set both to use your own Klaviyo.\n';
  if (!emulated && !listId)
    return '\nNo list is set, so newsletter sign-ups are refused: start with KLAVIYO_LIST_ID=… too.\n';
  return '';
}
