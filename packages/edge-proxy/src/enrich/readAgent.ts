import { isJsonObject, type JsonObject, type Message } from '@sluice/shared';
import { type Agent, describeAgent } from './describeAgent.ts';
import type { EdgeFacts } from './edgeFacts.ts';
import { readName } from './readName.ts';

/** What the visitor uses, by the message's own word, else by a page's request. A server's is the server's, and not asked. */
export function readAgent({ context }: Message, edge: EdgeFacts): Agent | undefined {
  // From an app: its library's requests look like a script's ("okhttp/4.12"), and are not.
  if (isJsonObject(context?.device))
    return describeApp(isJsonObject(context.os) ? readName(context.os.name) : undefined);
  const isVisitors = edge.kind === 'public';
  const said = context?.userAgent;
  const userAgent = typeof said === 'string' && said !== '' ? said : isVisitors ? edge.userAgent : undefined;
  if (!userAgent) return undefined;
  return describeAgent(userAgent, readSaidHints(context) ?? (isVisitors ? edge.hints : undefined));
}

/** The hints that browsers send unasked; what else a page may have asked for says no more of what we tell. */
function readSaidHints(context: JsonObject | null | undefined): string | undefined {
  // As Segment's browser SDK names it, and as RudderStack's does.
  const hints = context?.userAgentData ?? context?.['ua-ch'];
  if (!isJsonObject(hints)) return undefined;
  const { brands, mobile, platform } = hints;
  return JSON.stringify({ brands, mobile, platform });
}

function describeApp(os: string | undefined): Agent {
  return { isBot: false, ...(os !== undefined && { os }) };
}
