import Bowser, { type ClientHints } from 'bowser';
import { isBot } from './isBot.ts';
import { MAX_USER_AGENT_LENGTH } from './limits.ts';
import { rememberBy } from './rememberBy.ts';

/** What a user agent and its client hints say. Versions are left out: browsers freeze those of systems, and lie. */
export interface Agent {
  device?: 'desktop' | 'mobile' | 'tablet' | 'tv';
  browser?: string;
  os?: string;
  isBot: boolean;
}

/** Describes what sent an event, by its user agent and, where it has them, its client hints as JSON. */
export function describeAgent(userAgent: string, hints = ''): Agent {
  // The events of a request have one, and comparing it costs less than looking it up.
  if (latest?.userAgent !== userAgent || latest.hints !== hints)
    latest = { userAgent, hints, agent: describe(`${bound(hints)}\n${bound(userAgent)}`) };
  return latest.agent;
}

let latest: { userAgent: string; hints: string; agent: Agent } | undefined;

function bound(text: string): string {
  return text.slice(0, MAX_USER_AGENT_LENGTH);
}

const describe = rememberBy((text: string): Agent => {
  const end = text.indexOf('\n');
  const userAgent = text.slice(end + 1);
  const parser = Bowser.getParser(userAgent, true, parseHints(text.slice(0, end)));
  const [device, browser, os] = [parser.getPlatformType(true), parser.getBrowserName(), parser.getOSName()];
  return {
    ...(isDevice(device) && { device }),
    ...(browser && { browser }),
    ...(os && { os }),
    isBot: isBot(userAgent),
  };
});

function isDevice(type: string): type is NonNullable<Agent['device']> {
  return ['desktop', 'mobile', 'tablet', 'tv'].includes(type);
}

/** From a message they are whatever its sender wrote. */
function parseHints(text: string): ClientHints | undefined {
  try {
    const { brands, mobile, platform } = JSON.parse(text);
    const isNamed = Array.isArray(brands) && brands.every((entry) => typeof entry?.brand === 'string');
    if (!isNamed || typeof platform !== 'string') return undefined;
    return { brands, mobile: mobile === true, platform };
  } catch {
    return undefined;
  }
}
