import { type CommerceEvent, DERIVED_METRICS, METRIC_OF_EVENT } from '@sluice/shared';

interface Told {
  uniqueId: string;
  value: string;
}

const MESSAGE = "the message's id";
const ORDER = "the order's id";
const ORDER_TOTAL = '`total`, else `revenue`, else `value`, else its lines';

/** The type holds it to every event there is. */
const TOLD: Record<CommerceEvent, Told> = {
  'Product Viewed': { uniqueId: MESSAGE, value: '`price`, else `value`' },
  'Product Clicked': { uniqueId: MESSAGE, value: '`price`, else `value`' },
  'Product List Viewed': { uniqueId: MESSAGE, value: '–' },
  'Products Searched': { uniqueId: MESSAGE, value: '–' },
  'Product Added': {
    uniqueId: MESSAGE,
    value: "`cart_total`, else `total`, else the cart's lines, else `price` × `quantity`, else `value`",
  },
  'Product Removed': { uniqueId: MESSAGE, value: '–' },
  'Cart Viewed': { uniqueId: MESSAGE, value: '–' },
  'Checkout Started': {
    uniqueId: "`checkout_id`, else `order_id`, else the message's id",
    value: '`total`, else `value`, else `revenue`, else its lines',
  },
  'Order Completed': { uniqueId: ORDER, value: ORDER_TOTAL },
  'Order Fulfilled': { uniqueId: ORDER, value: ORDER_TOTAL },
  'Order Cancelled': { uniqueId: ORDER, value: ORDER_TOTAL },
  'Order Refunded': {
    uniqueId: "the order's id, or with `refundIds` as `refund` the order's id `:` `refund_id`",
    value: '`refund_amount`, else `refund`, else `total`, `revenue`, `value`, else its lines',
  },
};

/** Segment's events, and what each is at Klaviyo. */
export function renderEventTable(): string {
  const rows = Object.entries(METRIC_OF_EVENT).map(([event, metric]) => {
    const { uniqueId, value } = TOLD[event as CommerceEvent];
    return `| ${event} | ${metric} | ${uniqueId} | ${value} |`;
  });
  const { orderLine, page, screen, session } = DERIVED_METRICS;
  return `| you send | Klaviyo has | counts once for each | worth |
|---|---|---|---|
${rows.join('\n')}
| – each line of Order Completed | ${orderLine} | the order's id \`:\` the line | \`price\` × \`quantity\` |
| Order Updated with \`fulfillment_status: "fulfilled"\` | Fulfilled Order | the order's id | as Order Fulfilled |
| page | ${page} | the message's id | – |
| screen | ${screen} | the message's id | – |
| – the view that begins a session | ${session} | the session's id | – |
| anything else | its own name | the message's id | \`value\`, else \`revenue\`, else \`total\` |`;
}
