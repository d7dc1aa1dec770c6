import { createEmulator } from '../../src/createEmulator.ts';
import type { EmulatorOptions } from '../../src/options.ts';

export const START_MS = Date.UTC(2026, 10, 2, 9, 0, 0);
export const HEADERS = {
  authorization: 'Klaviyo-API-Key pk_emulator_demo',
  revision: '2026-07-15',
  'content-type': 'application/vnd.api+json',
};

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  body: any;
}

/** Opens emulators whose clock stands still and whose effects are visible at once, unless told otherwise. */
export const openerOf =
  (create: typeof createEmulator) =>
  (options: EmulatorOptions = {}) => {
    const emulator = create({
      clock: { startMs: START_MS },
      visibilityDelayMs: 0,
      jobStepMs: 0,
      limits: { enabled: false },
      ...options,
    });
    async function send(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Reply> {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const init = { method, headers: { ...HEADERS, ...headers } };
      const url = `https://a.klaviyo.com${path}`;
      const response = await emulator.fetch(new Request(url, body === undefined ? init : { ...init, body: text }));
      const answer = await response.text();
      const json = answer !== '' && response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(answer) : answer };
    }
    return { emulator, send };
  };

export const createTestEmulator = openerOf(createEmulator);

export type TestEmulator = ReturnType<typeof createTestEmulator>;

/** `status code pointer` of each error, which is what callers may rely on. */
export function errorsOf(reply: Reply): string[] {
  return (reply.body?.errors ?? []).map(
    (error: { status: number; code: string; source: { pointer?: string; parameter?: string } }) =>
      `${error.status} ${error.code} ${error.source.pointer ?? error.source.parameter}`,
  );
}
