/** What a fault with `close` makes `fetch` reject with, as a network error would. */
export class ConnectionClosed extends TypeError {
  override name = 'ConnectionClosed';
  constructor() {
    super('The connection was closed by a planned fault.');
  }
}
