import { DurableObject } from 'cloudflare:workers';
import { IngestPhases } from './IngestPhases.ts';
import { memoryStorage } from './memoryStorage.ts';
import { Phases } from './Phases.ts';
import type { IngestPhase, Phase } from './phase.ts';
import { runTraffic } from './runTraffic.ts';
import type { Traffic } from './traffic.ts';

interface BenchBindings {
  ACCOUNT: DurableObjectNamespace<BenchAccount>;
}

/** Holds the storage that is measured: `POST /memory/<phase>?requests=`, the same under /sqlite, `POST /ingest/<phase>?requests=&events=`, and `POST /traffic` with a Traffic as its body. */
export class BenchAccount extends DurableObject<BenchBindings> {
  #phases: Phases | undefined;
  readonly #ingest = new IngestPhases();

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const [, kind, name] = pathname.split('/');
    if (kind === 'ready') return new Response();
    if (kind === 'traffic') return Response.json(await runTraffic(this.ctx.storage, (await request.json()) as Traffic));
    const numberOf = (parameter: string) => Number(searchParams.get(parameter));
    if (kind === 'ingest')
      return Response.json(await this.#ingest.run(name as IngestPhase, numberOf('requests'), numberOf('events')));
    this.#phases ??= new Phases(kind === 'sqlite' ? this.ctx.storage : memoryStorage());
    return Response.json(await this.#phases.run(name as Phase, numberOf('requests')));
  }
}

export default {
  /** Each name is an object of its own, and empty at first. */
  fetch: (request, { ACCOUNT }) => ACCOUNT.getByName(request.headers.get('x-account') ?? 'main').fetch(request),
} satisfies ExportedHandler<BenchBindings>;
