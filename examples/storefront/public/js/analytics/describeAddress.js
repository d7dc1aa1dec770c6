/** @param {import('../cart/placeOrder.js').Customer} customer */
export function describeAddress({ firstName, lastName, street, postcode, city, country }) {
  return {
    first_name: firstName,
    last_name: lastName,
    address1: street,
    zip: postcode,
    city,
    country_code: country,
  };
}
