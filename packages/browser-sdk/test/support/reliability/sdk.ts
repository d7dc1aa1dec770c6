/** An SDK as the reliability table drives it. */
export interface Sdk {
  name: string;
  /** What a page loads: the script itself. */
  script: string;
  /** Source of a function body that starts the SDK; it may read `endpoint`, the sink's origin. */
  start: string;
  /** Source of a function body that records one event called `name`. */
  track: string;
  /** Answer to what is asked of the sink with GET, such as remote settings; JSON. */
  settings?: (path: string) => unknown;
  /** The messages of a body, where their ids are known. */
  readMessages?: (body: string) => { messageId: string }[];
}

const readMessages = (body: string) => JSON.parse(body).batch;

/** Ours, as a script tag loads it. */
export function describeSluice(script: string): Sdk {
  return {
    name: 'Sluice',
    script,
    start: `self.tracker = sluice.createSluice({ writeKey: 'wk_bench', endpoint, requiredCategories: [] })`,
    track: 'tracker.track(name, { product_id: "sku-1", price: 19.9, quantity: 1 })',
    readMessages,
  };
}

/**
 * Ours at the real proxy, which takes nothing without a yes. All events are of one metric; `run` says whose they are.
 */
export function describeSluiceAtProxy(script: string, { writeKey, run }: { writeKey: string; run: string }): Sdk {
  return {
    name: 'Sluice, at Klaviyo',
    script,
    start: `self.tracker = sluice.createSluice({ writeKey: '${writeKey}', endpoint }); tracker.consent({ marketing: true })`,
    track: `tracker.track('Stock Checked', { step: name, run: ${JSON.stringify(run)} })`,
    readMessages,
  };
}
