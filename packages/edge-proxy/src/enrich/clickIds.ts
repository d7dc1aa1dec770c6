import type { ReferrerKind } from './classifyReferrer.ts';

/**
 * What advertising networks put into the addresses that they lead to, and what it proves, by their own documentation of
 * conversion tracking. Those of Meta, Pinterest and Snapchat stand in unpaid links too.
 */
export const CLICK_IDS: Readonly<Record<string, ReferrerKind>> = {
  gclid: 'paid',
  gbraid: 'paid',
  wbraid: 'paid',
  dclid: 'paid',
  msclkid: 'paid',
  ttclid: 'paid',
  twclid: 'paid',
  li_fat_id: 'paid',
  rdt_cid: 'paid',
  yclid: 'paid',
  fbclid: 'social',
  epik: 'social',
  ScCid: 'social',
};
