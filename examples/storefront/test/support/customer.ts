/** A customer, by the selectors of the checkout's fields in their order. */
export const CUSTOMER = {
  '[data-testid="checkout-email"]': 'ada@example.com',
  '#first-name': 'Ada',
  '#last-name': 'Lovelace',
  '#street': '12 Quay Street',
  '#postcode': 'D02',
  '#city': 'Dublin',
};
