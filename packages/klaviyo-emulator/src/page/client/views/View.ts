import type { PageData } from '../../describePage.ts';

export interface View {
  /** How many rows there are, of which the page may show the newest only. */
  count(data: PageData): number;
  show(data: PageData): void;
}
