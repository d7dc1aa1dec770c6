import { type Product, products } from './public/js/catalog.js';
import { formatMoney } from './public/js/formatMoney.js';
import { fill, readPart } from './renderPage.ts';

const MAX_RELATED = 3;

/** The cards of a product list. */
export async function renderCards(list: Product[]): Promise<string> {
  const [card, price] = await Promise.all([readPart('card'), readPriceParts()]);
  return list.map((product) => fill(card, describe(product), { price: price(product) })).join('');
}

/** What the product page shows of a product, with others of the shop below it. */
export async function renderProduct(product: Product) {
  const price = await readPriceParts();
  const others = products.filter((other) => other !== product);
  // Its own category first, then the rest in the shop's order.
  const related = others.toSorted(
    (a, b) => Number(b.category === product.category) - Number(a.category === product.category),
  );
  const cards = await renderCards(related.slice(0, MAX_RELATED));
  return { title: product.name, texts: describe(product), slots: { price: price(product), cards } };
}

async function readPriceParts(): Promise<(product: Product) => string> {
  const [regular, reduced] = await Promise.all([readPart('price'), readPart('price-reduced')]);
  return ({ priceCents, compareAtCents }) =>
    compareAtCents
      ? fill(reduced, { price: formatMoney(priceCents), before: formatMoney(compareAtCents) })
      : fill(regular, { price: formatMoney(priceCents) });
}

function describe({ id, sku, handle, name, category, glaze, story, size, image }: Product): Record<string, string> {
  return { id, sku, handle, name, category, glaze, story, size, image };
}
