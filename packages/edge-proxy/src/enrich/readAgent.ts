import { isJsonObject, type Message } from '@sluice/shared';
import { type Agent, describeAgent } from './describeAgent.ts';
import type { EdgeFacts } from './edgeFacts.ts';
import { readName } from './readName.ts';

/**
 * What the visitor uses. The message's own word comes first: an app's requests carry its library's user agent, and a
 * server's those of the server, which are never asked.
 */
export function readAgent({ context }: Message, edge: EdgeFacts): Agent | undefined {
  const isVisitors = edge.kind === 'public';
  const said = context?.userAgent;
  const userAgent = typeof said === 'string' && said !== '' ? said : isVisitors ? edge.userAgent : undefined;
  if (!userAgent) return undefined;
  // As Segment's browser SDK names it, and as RudderStack's does.
  const hints = context?.userAgentData ?? context?.['ua-ch'];
  const agent = describeAgent(userAgent, isJsonObject(hints) ? JSON.stringify(hints) : isVisitors ? edge.hints : '');
  // An app knows its system; its user agent is often no browser's.
  const os = isJsonObject(context?.os) ? readName(context.os.name) : undefined;
  return os === undefined ? agent : { ...agent, os };
}
