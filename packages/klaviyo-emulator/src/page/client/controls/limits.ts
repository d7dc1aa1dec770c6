import type { PageData } from '../../describePage.ts';
import { byId } from '../byId.ts';
import { control } from '../control.ts';
import { say } from '../say.ts';

let shownScale: string | undefined;

/** The limits in force. What the person is typing stays: the field is written only when the emulator's value changed. */
export function showLimits({ limits }: PageData): void {
  byId('limits-on', HTMLInputElement).checked = limits.enabled !== false;
  const scale = String(limits.scale ?? 1);
  if (scale !== shownScale) scaleField().value = scale;
  shownScale = scale;
}

export function startLimits(): void {
  const on = byId('limits-on', HTMLInputElement);
  on.addEventListener('change', () =>
    change({ enabled: on.checked }, on.checked ? 'Limits are on.' : 'Limits are off.'),
  );
  byId('limits-scale', HTMLElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const scale = scaleField().valueAsNumber;
    change({ scale }, `Every limit is Klaviyo's times ${scale}.`);
  });
}

async function change(limits: PageData['limits'], done: string): Promise<void> {
  const answered = await control('limits', limits);
  if (answered.ok) say(done);
}

const scaleField = () => byId('limits-factor', HTMLInputElement);
