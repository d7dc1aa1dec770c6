import type { JsonObject } from '@sluice/shared';
import { readText } from './readText.ts';

/**
 * One id for each line of an order, unique in it: the line's own id, else its SKU, else its product id.
 * A repeat is counted among its likes ("A", "A:2"), not among all lines: two reporters may list them in another order.
 */
export function nameLines(products: readonly JsonObject[]): string[] {
  const taken = new Set<string>();
  return products.map((product, index) => {
    const base = readText(product.line_id) ?? readText(product.sku) ?? readText(product.product_id) ?? `${index + 1}`;
    let name = base;
    for (let nth = 2; taken.has(name); nth++) name = `${base}:${nth}`;
    taken.add(name);
    return name;
  });
}
