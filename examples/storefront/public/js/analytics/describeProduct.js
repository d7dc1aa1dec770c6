import { BRAND, CURRENCY } from '../catalog.js';
import { toAmount } from './toAmount.js';

/**
 * A product with the property names of Segment's E-commerce Spec v2. Addresses are absolute: they end up in e-mails.
 * @param {import('../catalog.js').Product} product
 */
export function describeProduct({ id, sku, handle, name, category, priceCents, compareAtCents, image }) {
  return {
    product_id: id,
    sku,
    name,
    brand: BRAND,
    category,
    price: toAmount(priceCents),
    ...(compareAtCents && { compare_at_price: toAmount(compareAtCents) }),
    currency: CURRENCY,
    url: new URL(`/products/${handle}`, location.origin).href,
    image_url: new URL(image, location.origin).href,
  };
}
