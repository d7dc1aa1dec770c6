import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import worker from '../../../src/index.ts';
import type { Answer } from './post.ts';
import { ORIGIN, testConfig } from './settings.ts';

interface Visit {
  /** Where Cloudflare sees the sender. */
  cf?: Partial<IncomingRequestCfProperties>;
  headers?: Record<string, string>;
  /** What differs from the tests' configuration. */
  config?: object;
  through?: typeof worker;
}

/** A batch whose request comes from somewhere, by something. */
export async function visit(writeKey: string, batch: unknown[], options: Visit = {}): Promise<Answer['json']> {
  const { cf, headers, config, through = worker } = options;
  const request = new Request('https://edge.example/v1/batch', {
    method: 'POST',
    headers: { ...(writeKey.startsWith('wk_') && { origin: ORIGIN }), ...headers },
    body: JSON.stringify({ writeKey, batch }),
    ...(cf && { cf }),
  });
  const bindings = { ...env, SLUICE_CONFIG: JSON.stringify({ ...testConfig, ...config }) };
  const answer = await through.fetch?.(request as never, bindings, createExecutionContext());
  return (await answer?.json()) as Answer['json'];
}
