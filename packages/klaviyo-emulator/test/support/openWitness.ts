import {
  AccountsApi,
  ApiKeySession,
  DataPrivacyApi,
  EventsApi,
  ListsApi,
  MetricsApi,
  ProfilesApi,
  SegmentsApi,
  WebhooksApi,
} from 'klaviyo-api';
import { type ServeOptions, serveEmulator } from '../../src/node.ts';
import { START_MS } from './createTestEmulator.ts';
import { type Exchange, recordExchanges } from './recordExchanges.ts';

export type Witness = Awaited<ReturnType<typeof openWitness>>;

const SECOND_MS = 1000;

/** What the client throws for an error answer, as far as these tests read it. */
interface Refusal {
  response: {
    status: number;
    headers: Record<string, string>;
    data: {
      errors: { code: string; source: { pointer?: string; parameter?: string }; meta: Record<string, unknown> }[];
    };
  };
}

/** Klaviyo's official client, unmodified but for its address, in front of a fresh emulator with Klaviyo's own limits. */
export async function openWitness(options: ServeOptions = {}) {
  const served = await serveEmulator({
    clock: { startMs: START_MS },
    visibilityDelayMs: 100,
    jobStepMs: 100,
    ...options,
  });
  const exchanges: Exchange[] = [];
  const recorder = await recordExchanges(served.url, (exchange) => exchanges.push(exchange));
  const session = new ApiKeySession('pk_emulator_demo');
  const at = <T extends { basePath: string }>(api: T): T => Object.assign(api, { basePath: recorder.url });
  return {
    emulator: served.emulator,
    url: recorder.url,
    exchanges,
    accounts: at(new AccountsApi(session)),
    events: at(new EventsApi(session)),
    lists: at(new ListsApi(session)),
    metrics: at(new MetricsApi(session)),
    privacy: at(new DataPrivacyApi(session)),
    profiles: at(new ProfilesApi(session)),
    segments: at(new SegmentsApi(session)),
    webhooks: at(new WebhooksApi(session)),
    /** Time passes: what was accepted becomes visible, and the window of a second opens again. */
    later: (ms = SECOND_MS) => served.emulator.clock.advance(ms),
    /** The error answer that the client throws, as `status code pointer` of each error. */
    async refusal(call: Promise<unknown>): Promise<Refusal['response']> {
      const outcome = await call.then(
        () => undefined,
        (error: Refusal) => error.response,
      );
      if (!outcome) throw new Error('The client took an answer that should have been an error.');
      return outcome;
    },
    async close() {
      await recorder.close();
      await served.close();
    },
  };
}
