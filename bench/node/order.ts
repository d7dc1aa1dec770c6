const text = JSON.stringify({
  order_id: 'o-N',
  checkout_id: 'checkout-of-N',
  total: 139.8,
  revenue: 119.8,
  shipping: 4.9,
  tax: 15.1,
  currency: 'EUR',
  products: [
    { product_id: 'p-1', sku: 'BOOT-42', name: 'Hiking boot', brand: 'Ebbware', price: 99.9, quantity: 1 },
    { product_id: 'p-2', sku: 'SOCK-L', name: 'Wool sock, long', brand: 'Ebbware', price: 9.95, quantity: 2 },
  ],
});

/**
 * The order that every SDK reports, as a back end has it: read from a request or a database, so that its texts are its
 * own and not constants of the program. `n` tells orders apart.
 */
export function order(n: number): { order_id: string; n: number } {
  return { ...JSON.parse(text.replaceAll('N', String(n))), n };
}
