import { byId } from '../byId.ts';
import { control } from '../control.ts';
import { say } from '../say.ts';

/** Asks before everything goes: a modal dialog, which keeps the focus inside and ends with Escape. */
export function startReset(): void {
  const dialog = byId('reset-dialog', HTMLDialogElement);
  byId('reset', HTMLElement).addEventListener('click', () => dialog.showModal());
  byId('reset-no', HTMLElement).addEventListener('click', () => dialog.close());
  byId('reset-yes', HTMLElement).addEventListener('click', async () => {
    dialog.close();
    if ((await control('reset', {})).ok) say('Everything is as it was at the beginning.');
  });
}
