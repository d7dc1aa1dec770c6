/** The order that every client reports: what a shop's back end knows when it takes one. `n` is what tells them apart. */
export const order = (n: number) => ({
  order_id: `o-${n}`,
  checkout_id: `c-${n}`,
  total: 139.8,
  revenue: 119.8,
  shipping: 4.9,
  tax: 15.1,
  currency: 'EUR',
  n,
  products: [
    { product_id: 'p-1', sku: 'BOOT-42', name: 'Hiking boot', brand: 'Ebbware', price: 99.9, quantity: 1, category: 'Shoes' },
    { product_id: 'p-2', sku: 'SOCK-L', name: 'Wool sock', brand: 'Ebbware', price: 9.95, quantity: 2, category: 'Socks' },
  ],
});
