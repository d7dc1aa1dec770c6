import { isJsonObject } from '@sluice/shared';
import type { Hooks } from '../../../src/index.ts';

/** The example of docs/hooks.md, word for word. */
export const shopHooks: Hooks = {
  /** What is read on the medical pages says too much of a person, whatever they agreed to. */
  allow: ({ message }) => {
    const page = message.context?.page;
    return !(isJsonObject(page) && String(page.path).startsWith('/medical/'));
  },

  /** The market that our flows are written for. */
  enrich: ({ location }) => ({ market: ['AT', 'CH', 'DE'].includes(location?.country ?? '') ? 'DACH' : 'world' }),

  /** Free samples were not ordered, and what a product cost is nobody's business. */
  map: (mapped) => {
    if (mapped.metric === 'Ordered Product' && mapped.value === 0) return null;
    if (mapped.metric !== 'Viewed Product') return mapped;
    const { Price, ...properties } = mapped.properties;
    return { metric: 'Viewed Product', properties };
  },
};
