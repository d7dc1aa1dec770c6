/** What `GET /config.js` exports: the only things a page needs to know about the proxy. */
export const config: {
  /** Public write key of the shop's source. */
  writeKey: string;
  /** Origin of the proxy. */
  endpoint: string;
  /** Klaviyo list of the newsletter; empty when none is set. */
  listId: string;
};
