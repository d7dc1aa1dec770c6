import { expect, test } from 'vitest';
import { createSluice } from '../../src/node/createSluice.ts';
import { createSink } from '../support/createSink.ts';
import { serve } from '../support/serve.ts';

test('requests share connections', async () => {
  const sink = createSink();
  const served = await serve(sink);
  const sluice = createSluice({ secretKey: 'sk_test', endpoint: served.url, handleExit: false });
  for (let n = 0; n < 20; n++) {
    void sluice.track('A', { n }, { userId: 'u' });
    await sluice.flush();
  }
  await sluice.close();
  const connections = served.connections();
  await served.close();
  // The pool may open a second one while the first is not yet put back.
  expect([sink.requests.length, connections <= 2]).toEqual([20, true]);
});

test('a server that is down and comes back gets everything, once by id', async () => {
  const sink = createSink();
  const first = await serve(sink);
  const port = Number(new URL(first.url).port);
  await first.close();
  const sluice = createSluice({ secretKey: 'sk_test', endpoint: first.url, handleExit: false });
  sluice.on('error', () => {});
  for (let n = 0; n < 100; n++) void sluice.track('A', { n }, { userId: 'u' });
  const down = await sluice.flush({ timeoutMs: 300 });
  const again = await serve(sink, port);
  const up = await sluice.close();
  await again.close();
  expect([down.ok, up, sink.stored.size, sink.problems]).toEqual([false, { ok: true }, 100, []]);
});
