import type { Sluice } from '../types.ts';

/**
 * Writes the anonymous id into an attribute of the Shopify cart, so that the order, which a webhook reports, can be
 * joined with the visit. A name that starts with `_` is not shown at the checkout. Resolves to whether it was written;
 * while tracking is not permitted there is no id to write.
 *
 * @example sluice.on('delivered', () => tagShopifyCart(sluice))
 */
export async function tagShopifyCart(
  sluice: Pick<Sluice, 'anonymousId'>,
  { attribute = '_sluice_id', root = '/' }: { attribute?: string; root?: string } = {},
): Promise<boolean> {
  const id = sluice.anonymousId();
  if (!id) return false;
  try {
    const response = await fetch(`${root}cart/update.js`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ attributes: { [attribute]: id } }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
