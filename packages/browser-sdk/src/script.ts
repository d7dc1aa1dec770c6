import { startOnce } from './lib/startOnce.ts';
import type { SluiceOptions } from './types.ts';

type Call = [method: string, ...args: unknown[]];
type Global = Record<string, unknown> & { createSluice: typeof startOnce };

// The script tag's global `sluice`: first an array of the calls made before this script came, from now on the instance
// that was loaded, with `createSluice` beside its methods. A second script tag changes nothing.
const page = window as { sluice?: Call[] | Global };
const before = page.sluice;

if (!(before as Global | undefined)?.createSluice) {
  const push = ([method, ...args]: Call) => (sluice[method] as ((...args: unknown[]) => void) | undefined)?.(...args);
  const load = (options: SluiceOptions) => Object.assign(sluice, startOnce(options));
  const sluice: Global = { createSluice: startOnce, load, push };
  page.sluice = sluice;
  // For pages whose policy allows no inline script.
  const options = document.currentScript?.dataset.sluice;
  if (options) load(JSON.parse(options));
  (before as Call[] | undefined)?.map(push);
}
