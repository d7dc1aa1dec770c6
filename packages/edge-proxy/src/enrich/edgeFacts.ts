import type { SourceKind } from '@sluice/shared';
import type { Location } from '../klaviyo/profileAttributes.ts';

/** What the edge knows of a request besides its body. Of a server's request it says nothing of the customer. */
export interface EdgeFacts {
  kind: SourceKind;
  /** Where Cloudflare sees the sender. */
  location: Location;
  ip: string | undefined;
  userAgent: string | undefined;
  /** The `Sec-CH-UA` headers, as `navigator.userAgentData` would say it; JSON. */
  hints: string | undefined;
  /** The hosts of the source's own origins: what comes from there is internal. */
  hosts: readonly string[];
}
