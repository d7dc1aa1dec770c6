const METRICS = ['Viewed Product', 'Added to Cart', 'Started Checkout', 'Viewed Category'];
const CITIES = ['Zürich', 'Łódź', 'Lyon', 'Graz', 'Malmö', 'Cork', 'Porto'];
const ITEMS_PER_EVENT = 2;

export interface BodySketch {
  events: number;
  profiles: number;
  /** Makes every unique_id and, with as many profiles as events, every address new. */
  round: number;
}

/** A bulk_create_events body as a shop's proxy sends it: visitors, each with a few events and what lies in the cart. */
export function bulkEventsBody({ events, profiles, round }: BodySketch): string {
  const perProfile = events / profiles;
  const data = Array.from({ length: profiles }, (_, person) => ({
    type: 'event-bulk-create',
    attributes: {
      profile: { data: { type: 'profile', attributes: profile(round * profiles + person) } },
      events: {
        data: Array.from({ length: perProfile }, (_, index) => event(round * events + person * perProfile + index)),
      },
    },
  }));
  return JSON.stringify({ data: { type: 'event-bulk-create-job', attributes: { 'events-bulk-create': { data } } } });
}

function profile(number: number) {
  return {
    email: `visitor-${number}@example.com`,
    anonymous_id: `01890a5d-ac96-774b-bcce-${String(number).padStart(12, '0')}`,
    first_name: 'Ada',
    location: { city: CITIES[number % CITIES.length], country: 'Switzerland', timezone: 'Europe/Zurich' },
    properties: { 'Preferred size': 'M', 'Newsletter source': 'footer' },
  };
}

function event(number: number) {
  const items = Array.from({ length: ITEMS_PER_EVENT }, (_, index) => item(number + index));
  return {
    type: 'event',
    attributes: {
      properties: {
        ItemNames: items.map(({ ProductName }) => ProductName),
        CheckoutURL: `https://shop.example.com/checkout/${number}`,
        Categories: ['Shoes', 'Outdoor'],
        Items: items,
      },
      time: new Date(Date.UTC(2026, 9, 1) + number * 1000).toISOString(),
      value: 59.9 + (number % 100),
      value_currency: 'EUR',
      unique_id: `018f3c1e-7b1a-7c3d-9e2f-${String(number).padStart(12, '0')}`,
      metric: { data: { type: 'metric', attributes: { name: METRICS[number % METRICS.length] } } },
    },
  };
}

const item = (number: number) => ({
  ProductID: `P-${number % 500}`,
  SKU: `SKU-${number % 500}-M`,
  ProductName: `Hiking boot ${number % 500}`,
  Quantity: 1 + (number % 3),
  ItemPrice: 59.9,
  RowTotal: 59.9 * (1 + (number % 3)),
  ProductURL: `https://shop.example.com/products/${number % 500}`,
});
