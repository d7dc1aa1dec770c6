import type { Sluice, SluiceOptions } from '../types.ts';
import { startSluice } from './startSluice.ts';

/** On the window, not in this module: a page may load the script tag and an ES module beside each other. */
type Page = { sluiceInstances?: Record<string, Sluice> };

/** One instance a write key and page. */
export function startOnce(options: SluiceOptions): Sluice {
  const page = window as Page;
  const instances = page.sluiceInstances ?? {};
  page.sluiceInstances = instances;
  const instance = instances[options.writeKey] ?? startSluice(options);
  instances[options.writeKey] = instance;
  return instance;
}
