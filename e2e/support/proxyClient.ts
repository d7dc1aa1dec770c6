import { OPERATOR_TOKEN, SECRET_KEY } from './demo.ts';

/** A message of the Segment specification. */
export type Sent = Record<string, unknown>;

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Items by what became of them, over all accounts and lanes. */
export interface Totals {
  accepted: number;
  waiting: number;
  delivered: number;
  refused: number;
  dead: number;
  duplicate: number;
}

interface Delivery {
  accounts: Record<
    string,
    { waiting: Record<string, number>; counts: { outcome: Exclude<keyof Totals, 'waiting'>; n: number }[] }
  >;
}

export type ProxyClient = ReturnType<typeof createProxyClient>;

/** Speaks to the proxy, and keeps everything that it ever answered. */
export function createProxyClient(url: string) {
  const transcript: string[] = [];

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(20_000), ...init });
    const text = await response.text();
    // Without its query, which is the caller's own.
    transcript.push(`${response.status} ${path.split('?', 1)[0]} ${JSON.stringify([...response.headers])} ${text}`);
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  }

  return {
    /** Status, headers and body of every answer so far. */
    transcript: transcript as readonly string[],
    request,
    /** Sends messages as a back end does. */
    sendBatch: (batch: Sent[], key = SECRET_KEY) =>
      request('/v1/batch', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
      }),
    /** Sends one request as a page of the shop does: no custom header, the key in the body. */
    sendFromPage: (path: string, body: object, origin: string) =>
      request(path, { method: 'POST', headers: { origin, 'content-type': 'text/plain' }, body: JSON.stringify(body) }),
    async readTotals(): Promise<Totals> {
      const answer = await request('/v1/operator/delivery', { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } });
      if (answer.status !== 200) throw new Error(`operator figures: ${JSON.stringify(answer)}`);
      // The shape that the proxy's Figures pin; a change of it shows as NaN in every test.
      return sumUp(answer.body as unknown as Delivery);
    },
  };
}

function sumUp({ accounts }: Delivery): Totals {
  const totals: Totals = { accepted: 0, waiting: 0, delivered: 0, refused: 0, dead: 0, duplicate: 0 };
  for (const { waiting, counts } of Object.values(accounts)) {
    for (const n of Object.values(waiting)) totals.waiting += n;
    for (const { outcome, n } of counts) totals[outcome] += n;
  }
  return totals;
}

/** What happened between two readings. */
export function since(before: Totals, now: Totals): Totals {
  const keys = Object.keys(before) as (keyof Totals)[];
  return Object.fromEntries(keys.map((key) => [key, now[key] - before[key]])) as unknown as Totals;
}
