import { renderEventTable } from './renderEventTable.ts';
import { renderExamples } from './renderExamples.ts';
import { renderPropertyNames } from './renderPropertyNames.ts';

/** docs/events.md: what a shop sends, and what of it reaches Klaviyo. */
export function renderEvents(): string {
  return `# Events

What to send, and what of it Klaviyo gets. You speak the vocabulary that shops already speak, Segment's
[e-commerce events](https://www.twilio.com/docs/segment/connections/spec/ecommerce/v2); Klaviyo hears the names that its
flows, its lifetime value and its benchmarks look for. This page is written by \`npm run docs\` from the code and from the
examples in \`packages/shared/src/examples\`, which a test replays.

\`\`\`js
sluice.track('Product Viewed', { product_id: 'p-1', sku: 'HAT-S', name: 'Sun hat', category: 'Hats', price: 15, currency: 'EUR' });
\`\`\`

## Which event becomes what

${renderEventTable()}

- **Counts once**: an event with the same id, sent again by a retry, another tab or your back end, is the same event.
  Order metrics count once whatever profile they are sent for, so page and back end may both report an order. Send ids as
  texts: a JSON number carries 15 digits, and an \`order_id\` with more than it can tell apart counts by the message's id.
- **A line** is known by its \`line_id\`, else its \`sku\`, else its \`product_id\`; what repeats within an order is counted
  (\`HAT-S\`, \`HAT-S:2\`). Send \`line_id\` if you have one.
- **An order that is refunded or cancelled in parts**: Klaviyo's lifetime value needs the order's own id, and then takes one
  refund and one cancellation an order. With \`"refundIds": "refund"\` every \`refund_id\` counts, and lifetime value does not
  see them. A refund below zero is the same money.
- What a shop sends and no row reads is kept under its own name.

## Klaviyo's own names

\`track('Placed Order')\` is Order Completed, and so for every metric of the table: the same event, with the same ids and the
same lines. Klaviyo's property names (\`ProductName\`, \`AddedItemPrice\`, \`Items\`, \`OrderId\` …) are read as Segment's, in
events of either name; where both are there, Segment's counts. \`$value\`, \`$value_currency\` and \`$event_id\` are lifted to
the event, \`$extra\` is kept, every other \`$\` key is dropped, since Klaviyo takes them for commands. \`Ordered Product\`, sent line by line as
Klaviyo's guide shows it, has the id that the same line has in its order, so that sending both counts once. The spellings
"Canceled Order" and "Added To Cart" are understood.

## What a product is called

${renderPropertyNames()}

\`category\` may be a text or a list; \`categories\` is understood too, and both together are the categories. Carts and orders
have \`ItemNames\`, \`Categories\` and (orders) \`Brands\` of all their lines; send them yourself under these names to have yours
instead. Orders have \`OrderId\`, \`DiscountCode\` (from \`coupon\`), \`DiscountValue\` (from \`discount\`), \`Reason\`,
\`BillingAddress\` and \`ShippingAddress\` (from \`billing_address\`, \`shipping_address\`: \`FirstName LastName Address1 City
RegionCode CountryCode Zip Phone\`). Checkouts have \`CheckoutURL\` (from \`checkout_url\`), searches \`Search Term\` (from
\`query\`) and \`Search Results Count\` (from \`results_count\`). \`variant\`, \`position\`, \`shipping\`, \`tax\` and the like keep
their names.

## Numbers and money

Amounts are in major units: 49.90, not 4990. Best send numbers. A text is read when it can only mean one number:

| text | number |
|---|---|
| \`"49.90"\`, \`"49,90"\` | 49.9 |
| \`"1.234,50"\`, \`"1,234.50"\`, \`"1 234,50"\`, \`"1'234.50"\` | 1234.5 |
| \`"1.0000"\` | 1 |
| \`"1.234"\`, \`"1,234"\` | none: a thousand and something in one country, one and something in another |
| \`"49,90 €"\`, \`"on request"\` | none |

What cannot be read stays in the event as it came, under the name that it came by, and is no value: no revenue is better
than one that is wrong by a thousand. The next place in the table is tried then; but the sum of an order's lines is only
taken when every line that names a price can be read. Negative amounts, and amounts above a million million, are no values
either.
\`currency\`, else \`value_currency\`, is an ISO 4217 code, in capitals or not; anything else is no currency.

## Nested properties

Klaviyo segments on values at the top of an event alone. So what is nested stands at the top once more, under the path that
a template writes: \`ShippingAddress: { City: "Oslo" }\` and \`"ShippingAddress.City": "Oslo"\`. The object stays, for
templates; lists of objects (\`Items\`) stay as they are and have no copy; \`$extra\` has none either. A name that is taken is
never overwritten, copies are made as long as there is room, and keys longer than 127 characters get none.
\`"flatten": false\` switches it off.

## Limits

Klaviyo takes 400 properties an event, 10 levels, 4,000 entries a list, 100 KB a text; an event is at most 32 KB here. What
is over a limit is left out, the rest is sent, and the event says what it lacks in its property \`SluiceCut\`, for example
\`["answers: the last 3 left out, 4000 are the most"]\`: where and why, ten at most and then how many more, never the value.
Of the events that one message becomes the first one says it; on a profile the property tells of the last time that
something was cut. The keys \`__proto__\`, \`constructor\` and \`prototype\` are not sent and are told of likewise. Integers
beyond 64 bits become texts, broken characters are replaced, ids over 255 characters keep their start and end in a hash.

## Your configuration

\`\`\`jsonc
"events": {
  "names": { "Cancelled Order": "Canceled Order" },   // other names; the key is the metric or the event
  "disabled": ["Viewed Page", "Order Completed"],     // metrics or events that are not sent
  "serverOnly": ["Order Completed"],                  // refused from pages, as event_server_only
  "flatten": true,
  "refundIds": "order"                                // or "refund"
}
\`\`\`

\`serverOnly\` goes by what an event becomes: with the line above a page can claim neither \`Placed Order\` nor an
\`Ordered Product\`, nor a name of your own for them. Switching off a metric keeps the others of the message; switching off
an event (\`Order Completed\`) switches off all that it becomes.

## identify

Segment's traits and Klaviyo's own names are understood: \`firstName\`, \`lastName\`, \`company\` or \`organization\`, \`title\`,
\`avatar\` or \`image\`, \`locale\` (BCP 47; \`de_AT\` becomes \`de-AT\`), \`address\` or \`location\`, \`timezone\`; \`$email\`,
\`$first_name\` and their like from Klaviyo's own scripts too, and \`phone_number\` beside \`phone\`. Every other trait is a custom property. A full \`name\` is one as well: where
it parts is a guess. From a page only \`identity.publicTraits\` are taken.

- **null changes nothing.** Most systems send it for "unknown", and Klaviyo's import cannot write it. To clear, say
  \`$unset\`.
- **\`$append\`**, **\`$unappend\`**, **\`$unset\`** patch custom properties:
  \`{ "$append": { "interests": "hats" }, "$unappend": { "interests": ["shoes"] }, "$unset": ["size"] }\`.
  They go to Klaviyo one call a person, apart from the other traits, so keep them for what needs them. Klaviyo's own
  attributes and the identifiers cannot be patched.

## group

A group is a company: its \`name\` becomes the profile's organisation, the rest of its traits and its id the property
\`company\`. From a page only if \`company\` is among \`identity.publicTraits\`.

A back end whose key has the scope \`lists\` may say that the group *is* a Klaviyo list, with \`groupId\` the list's id:

\`\`\`js
analytics.group({
  userId: 'user-5',
  groupId: 'DEMO01',
  context: { klaviyo: { list: true }, traits: { email: 'ada@example.com' } },
});
\`\`\`

That adds the person to the list and changes no consent. It is never guessed from the id; from a page it is refused
(\`field_untrusted\`).

## Rules

\`\`\`jsonc
"rules": [
  { "when": "Order Completed", "where": [{ "field": "total", "op": "gte", "value": 100 }], "addTo": "DEMO01" }
]
\`\`\`

When somebody does what \`when\` names, by any of its names, and all of \`where\` holds, they are added to the list. Membership
only: a rule subscribes nobody. Whoever refused tracking is added nowhere, also for an order that may be sent without their
consent; a visitor whom nobody knows has no profile to add, which counts as refused.

| \`op\` | holds when the property |
|---|---|
| \`eq\`, \`ne\` | is, or is not, the value; numbers also where they came as texts. \`ne\` holds where there is none. |
| \`gt\`, \`gte\`, \`lt\`, \`lte\` | is a number above, at least, below, at most the value |
| \`in\` | is one of the values in a list |
| \`contains\` | is a list with the value in it, or a text with the value in it |
| \`exists\` | is there and not null; with \`"value": false\` it is not |

\`field\` is a property by Klaviyo's name or Segment's, or a path: \`ShippingAddress.City\`, \`Items.0.SKU\`; \`Items.SKU\` is the
list of all SKUs. \`value\` is what the event is worth, unless it has a property of that name. A rule on \`Ordered Product\`
looks at each line. Rules see metrics that are switched off, too. In a shop with several accounts, \`account\` says whose
list it is. Whoever holds your write key can send what sets off a rule: list an event in \`serverOnly\` if the list matters.

## Examples

Unfold one to see a message and what Klaviyo gets of it.

${renderExamples()}`;
}
