import type { Source } from '@sluice/shared';
import type { EdgeFacts } from './edgeFacts.ts';
import { hostOf } from './hostOf.ts';
import { readHints } from './readHints.ts';
import { readLocation } from './readLocation.ts';

/** Reads what the edge knows of a request, once for all its events. */
export function readEdgeFacts({ headers, cf }: Request, source: Source): EdgeFacts {
  return {
    kind: source.kind,
    location: readLocation(cf as IncomingRequestCfProperties | undefined),
    ip: headers.get('cf-connecting-ip') ?? undefined,
    userAgent: headers.get('user-agent') ?? undefined,
    hints: readHints(headers),
    hosts: source.kind === 'public' ? source.origins.flatMap((origin) => hostOf(origin) ?? []) : [],
  };
}
