// A back end that tracks a hundred events and ends as it is told. Run with: url, folder of the spool or -, how to end.
import { createSluice } from '../../dist/index.js';

const [, , endpoint, dir, end] = process.argv;
const sluice = createSluice({
  secretKey: 'sk_test',
  endpoint,
  ...(dir !== '-' && { spool: dir }),
  exitTimeoutMs: 2000,
});
sluice.on('error', ({ code }) => process.stderr.write(`${code}\n`));

if (end !== 'resume' && end !== 'idle')
  for (let n = 0; n < 100; n++)
    void sluice.track('Order Completed', { order_id: `o-${n}` }, { userId: 'u', messageId: `m-${n}` });

if (end === 'resume') await sluice.close();
if (end === 'exit') process.exit(0);
if (end === 'throw') throw new Error('made up');
if (end === 'SIGKILL' || end === 'SIGTERM' || end === 'SIGINT') {
  process.kill(process.pid, end);
  setInterval(() => {}, 1000);
}
if (end === 'own listener') {
  process.once('SIGTERM', () => {
    setInterval(() => sluice.waiting === 0 && process.exit(7), 20);
  });
  process.kill(process.pid, 'SIGTERM');
  setInterval(() => {}, 1000);
}
// A server that still has an order to finish when the signal has been dealt with.
if (end === 'draining' || end === 'first process') {
  if (end === 'draining') process.once('SIGTERM', () => {});
  else {
    Object.defineProperty(process, 'pid', { value: 1 });
    // As Linux does with a signal that the first process of a container does not listen for: nothing.
    process.kill = () => true;
  }
  process.emit('SIGTERM', 'SIGTERM');
  while (sluice.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setImmediate(resolve));
  const { ok } = await sluice.track('Order Completed', { order_id: 'late' }, { userId: 'u', messageId: 'late' });
  process.exit(ok ? 7 : 8);
}
if (end === 'busy') {
  process.stdout.write('tracked');
  setInterval(() => {}, 1000);
}
