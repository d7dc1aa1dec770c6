import { describeProduct } from '../analytics/describeProduct.js';
import { track } from '../analytics/record.js';
import { products } from '../catalog.js';

track('Product List Viewed', {
  list_id: 'autumn-firing',
  category: 'All pieces',
  products: products.map((product, index) => ({ ...describeProduct(product), position: index + 1 })),
});
