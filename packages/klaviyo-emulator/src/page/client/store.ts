import type { PageData } from '../describePage.ts';

/** What this tab knows: the emulator's last answer, its time, and whose profile is open. */
export const store: { data: PageData | undefined; nowMs: number; chosen: string } = {
  data: undefined,
  nowMs: Date.now(),
  chosen: '',
};
