import type { Sluice, SluiceOptions } from '../types.ts';
import { startSluice } from './startSluice.ts';

/** On the window, not in this module: a page may load the script tag and an ES module beside each other. */
type Page = { sluiceInstances?: Record<string, Sluice> };

/** One instance a write key and page. */
export const startOnce = (options: SluiceOptions): Sluice => {
  const page = window as Page;
  page.sluiceInstances ??= {};
  const instances = page.sluiceInstances;
  instances[options.writeKey] ??= startSluice(options);
  return instances[options.writeKey] as Sluice;
};
