const PRICES: Readonly<Record<string, { name: string; price: number }>> = {
  'EW-MUG-01': { name: 'Harbour Mug', price: 28 },
  'EW-ESP-02': { name: 'Ebb Espresso Pair', price: 38 },
};

export interface Line {
  sku: string;
  name: string;
  price: number;
  quantity: number;
}

export interface NewOrder {
  email: string;
  country: string;
  lines: Line[];
  wantsNews: boolean;
}

export type ReadOrder = { ok: true; order: NewOrder } | { ok: false; expected: string };

/** Reads an order from a request. Prices are the shop's own, whatever the request says. */
export function readOrder(body: unknown): ReadOrder {
  const { email, country, lines, wantsNews } = Object(body) as Record<string, unknown>;
  if (typeof email !== 'string' || !email.includes('@')) return { ok: false, expected: 'email: an address' };
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country))
    return { ok: false, expected: 'country: two letters, such as "DE"' };
  if (!Array.isArray(lines) || lines.length === 0)
    return { ok: false, expected: 'lines: one or more of { sku, quantity }' };
  const read = lines.flatMap((line): Line[] => {
    const { sku, quantity } = Object(line) as Record<string, unknown>;
    const product = typeof sku === 'string' && Object.hasOwn(PRICES, sku) ? PRICES[sku] : undefined;
    if (!product || !Number.isInteger(quantity) || Number(quantity) < 1) return [];
    return [{ sku: String(sku), quantity: Number(quantity), ...product }];
  });
  if (read.length < lines.length) return { ok: false, expected: `lines: sku one of ${Object.keys(PRICES).join(', ')}` };
  return { ok: true, order: { email, country, lines: read, wantsNews: wantsNews === true } };
}
