import type { Example } from '../corpus/Example.ts';
import { HEADERS } from '../createTestEmulator.ts';

/** A request as it is sent; the body as text or bytes. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Headers of a good request; pages of browsers have no private key. */
export function headersFor({ path }: Example): Record<string, string> {
  const { authorization: _authorization, ...anonymous } = HEADERS;
  return path.startsWith('/client/') ? anonymous : HEADERS;
}

export function sendable(example: Example): Sent {
  const { method, path, body } = example;
  return { method, path, headers: headersFor(example), ...(body && { body: JSON.stringify(body) }) };
}

export const withBody = (example: Example, body: string | Uint8Array): Sent => ({ ...sendable(example), body });
export const withJson = (example: Example, body: unknown) => withBody(example, JSON.stringify(body));
export const withHeader = (example: Example, headers: Record<string, string>): Sent => {
  const sent = sendable(example);
  return { ...sent, headers: { ...sent.headers, ...headers } };
};
export function withoutHeader(example: Example, name: string): Sent {
  const { [name]: _gone, ...headers } = sendable(example).headers;
  return { ...sendable(example), headers };
}
export const withQuery = (example: Example, name: string, value: string): Sent => {
  const { path } = example;
  const query = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return { ...sendable(example), path: `${path}${path.includes('?') ? '&' : '?'}${query}` };
};
