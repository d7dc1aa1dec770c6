import type { EventItem } from '../../../src/map/item.ts';
import { START_MS } from './startMs.ts';

/** How much of what a shop sends, as a day before Christmas has it: invented, and kept so that figures compare. */
const KINDS = [
  { kind: 'Viewed Page', upTo: 0.55, lines: 0 },
  { kind: 'Viewed Product', upTo: 0.85, lines: 1 },
  { kind: 'Added to Cart', upTo: 0.94, lines: 2 },
  { kind: 'Started Checkout', upTo: 0.97, lines: 3 },
  { kind: 'Placed Order', upTo: 1, lines: 3 },
] as const;

const line = (n: number) => ({
  ProductID: `P-${n % 500}`,
  SKU: `SKU-${n % 500}-M`,
  ProductName: `Hiking boot ${n % 500}`,
  Quantity: 1 + (n % 3),
  ItemPrice: 59.9,
  ProductURL: `https://shop.example.com/products/${n % 500}`,
});

/**
 * The nth event of a shop: two visitors in three are anonymous, a few are busy, and an event has 350 to 1,000 bytes as
 * the outbox stores it.
 */
export function shopEvent(n: number): EventItem {
  const chance = fraction(n);
  const { kind, lines } = KINDS.find(({ upTo }) => chance < upTo) ?? KINDS[0];
  // A quarter of the events come from a hundredth of the visitors.
  const visitor = fraction(n + 0.25) < 0.25 ? n % 1000 : n;
  const who = visitor % 3 === 0 ? { email: `visitor-${visitor}@example.com` } : {};
  return {
    lane: 'events',
    id: `e${n}#${kind}`,
    who: { ...who, anonymous_id: `01890a5d-ac96-774b-bcce-${String(visitor).padStart(12, '0')}` },
    purpose: 'tracking',
    receivedAtMs: START_MS,
    metric: kind,
    kind,
    uniqueId: `e${n}`,
    timeMs: START_MS - (n % 600_000),
    properties: {
      URL: `https://shop.example.com/products/${n % 500}?utm_campaign=advent`,
      Title: `Hiking boot ${n % 500} – Example Shop`,
      ...(lines === 0 ? {} : { Items: Array.from({ length: lines }, (_, index) => line(n + index)) }),
    },
  };
}

/** The nth of an even, fixed sequence in [0, 1). */
const fraction = (n: number) => (n * 0.6180339887498949) % 1;
