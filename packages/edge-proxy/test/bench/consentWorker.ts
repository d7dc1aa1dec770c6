import { ConsentPhases } from './ConsentPhases.ts';
import type { ConsentPhase, ConsentWork } from './consentPhase.ts';

let phases: ConsentPhases | undefined;

export default {
  /** `POST /migrate` with statements, `POST /<phase>` with a ConsentWork. */
  async fetch(request, { DB }) {
    const { pathname } = new URL(request.url);
    if (pathname === '/migrate') {
      const queries = (await request.json()) as string[];
      for (const query of queries) await DB.prepare(query).run();
      return new Response('null');
    }
    phases ??= new ConsentPhases(DB);
    return Response.json(await phases.run(pathname.slice(1) as ConsentPhase, (await request.json()) as ConsentWork));
  },
} satisfies ExportedHandler<{ DB: D1Database }>;
