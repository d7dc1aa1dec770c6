import { DEMO_ACCOUNT } from '../../../src/options.ts';
import { eventBody, importBody, memberBody, PATHS, profileBody } from '../bodies.ts';
import { createTestEmulator } from '../createTestEmulator.ts';
import { clientExamples } from './clientExamples.ts';
import type { Example } from './Example.ts';
import { eventExamples } from './eventExamples.ts';
import { jobExamples } from './jobExamples.ts';
import { listExamples } from './listExamples.ts';
import { addresses, email, job } from './pieces.ts';
import { profileExamples } from './profileExamples.ts';
import { subscriptionExamples } from './subscriptionExamples.ts';
import { webhookBody } from './webhookBody.ts';
import { webhookExamples } from './webhookExamples.ts';

const accounts = [{ ...DEMO_ACCOUNT, segments: [{ id: 'SEGALL', name: 'Everybody' }] }];

/** An emulator that goes on from a snapshot of a furnished one. */
export const reopen = (snapshot: unknown) => createTestEmulator({ accounts, snapshot });

/** An emulator that holds one of everything, and the good requests to it. */
export async function furnish() {
  const opened = createTestEmulator({ accounts });
  const { send } = opened;
  const idOf = async (path: string, body: unknown): Promise<string> => {
    const reply = await send('POST', path, body);
    if (reply.status >= 300) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
    return reply.body.data.id;
  };
  const ada = await idOf(PATHS.profiles, profileBody(email('ada')));
  const bob = await idOf(PATHS.profiles, profileBody(email('bob')));
  await send('POST', PATHS.event, eventBody({ unique_id: 'first', profile: email('ada') }));
  await send('POST', '/api/lists/DEMO01/relationships/profiles', memberBody([ada, bob]));
  const stop = 'profile-suppression-bulk-create-job';
  const free = 'profile-suppression-bulk-delete-job';
  const ids = {
    ada,
    bob,
    importJob: await idOf(PATHS.bulkImport, importBody([email('ivy')])),
    suppressJob: await idOf(PATHS.suppress, job(stop, addresses('sue'))),
    unsuppressJob: await idOf(PATHS.unsuppress, job(free, addresses('sue'))),
    webhook: await idOf('/api/webhooks', webhookBody()),
    event: (await send('GET', PATHS.event)).body.data[0].id as string,
    metric: (await send('GET', '/api/metrics')).body.data[0].id as string,
  };
  const examples: Example[] = [
    { operation: 'get_accounts', method: 'GET', path: '/api/accounts' },
    { operation: 'get_account', method: 'GET', path: `/api/accounts/${DEMO_ACCOUNT.publicKey}` },
    ...eventExamples(ids),
    ...profileExamples(ids),
    ...jobExamples(ids),
    ...listExamples(ids),
    ...subscriptionExamples(),
    ...webhookExamples(ids),
    ...clientExamples(),
  ];
  return { ...opened, examples };
}
