import {
  ADDED_PRODUCT,
  CART_ITEM,
  ORDER_ITEM,
  ORDERED_PRODUCT,
  REMOVED_PRODUCT,
  VIEWED_PRODUCT,
} from '../../packages/edge-proxy/src/map/read/productFields.ts';
import type { Field } from '../../packages/edge-proxy/src/map/read/splitFields.ts';

const COLUMNS: Readonly<Record<string, readonly Field[]>> = {
  'Viewed Product': VIEWED_PRODUCT,
  'Removed from Cart': REMOVED_PRODUCT,
  'Added to Cart': ADDED_PRODUCT,
  'entry of `Items`, cart': CART_ITEM,
  'entry of `Items`, order': ORDER_ITEM,
  'Ordered Product': ORDERED_PRODUCT,
};

/** What each property of a product is called in each place, from the tables that mapping reads. */
export function renderPropertyNames(): string {
  const properties = [...new Set(Object.values(COLUMNS).flatMap((fields) => fields.flatMap(({ from }) => from)))];
  const rows = properties.map((property) => {
    const names = Object.values(COLUMNS).map((fields) => {
      const field = fields.find(({ from }) => from.includes(property));
      return field ? `\`${field.to}\`` : '';
    });
    return `| \`${property}\` | ${names.join(' | ')} |`;
  });
  const head = ["a product's", ...Object.keys(COLUMNS)];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');
}
