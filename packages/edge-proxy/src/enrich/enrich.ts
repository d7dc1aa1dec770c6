import type { Config, Json, JsonObject, Message } from '@sluice/shared';
import type { Location } from '../klaviyo/profileAttributes.ts';
import { classifyReferrer } from './classifyReferrer.ts';
import type { EdgeFacts } from './edgeFacts.ts';
import { locate } from './locate.ts';
import { readAgent } from './readAgent.ts';
import { CAMPAIGN_PARAMETERS, readCampaign } from './readCampaign.ts';
import { readPage } from './readPage.ts';
import { readSession } from './readSession.ts';

export interface Enriched {
  isBot: boolean;
  location?: Location;
  /** Properties for Klaviyo, only of what is known. All begin with `visit_`, so that they collide with no shop's own. */
  visit?: JsonObject;
}

type Switches = Config['enrich'];

/** What enrichment adds to a message: where its sender is, and what is known of the visit. Pure. */
export function enrich(message: Message, edge: EdgeFacts, switches: Switches): Enriched {
  const location = locate(message, edge, switches);
  const agent = switches.device || switches.bots !== 'off' ? readAgent(message, edge) : undefined;
  const isBot = switches.bots !== 'off' && agent?.isBot === true;
  const visit: JsonObject = {};
  // Of a profile Klaviyo gets the location alone: a browser is the visit's, not the person's.
  if (message.type === 'track' || message.type === 'page' || message.type === 'screen') {
    if (switches.device) {
      add(visit, 'visit_device', agent?.device);
      add(visit, 'visit_browser', agent?.browser);
      add(visit, 'visit_os', agent?.os);
    }
    if (isBot) visit.visit_bot = true;
    if (switches.campaign || switches.referrer) addOrigin(visit, message, edge, switches);
    if (switches.session) addSession(visit, message);
  }
  const enriched: Enriched = { isBot };
  if (location) enriched.location = location;
  if (hasKeys(visit)) enriched.visit = visit;
  return enriched;
}

function addOrigin(visit: JsonObject, message: Message, { hosts }: EdgeFacts, switches: Switches): void {
  const { url: pageUrl, search, referrer, initialReferrer } = readPage(message);
  const campaign = readCampaign(search, message.context);
  if (switches.campaign) {
    addEach(visit, VISIT_NAMES, campaign.utm);
    addEach(visit, VISIT_NAMES, campaign.clickIds);
    addEach(visit, INITIAL_NAMES, campaign.initial.utm);
    addEach(visit, INITIAL_NAMES, campaign.initial.clickIds);
  }
  if (switches.referrer) {
    const { kind, host } = classifyReferrer({ referrer, pageUrl, hosts, campaign });
    add(visit, 'visit_referrer_kind', kind);
    add(visit, 'visit_referrer_host', host);
    if (initialReferrer === undefined) return;
    const initial = classifyReferrer({ referrer: initialReferrer, hosts, campaign: campaign.initial });
    add(visit, 'visit_initial_referrer_kind', initial.kind);
    add(visit, 'visit_initial_referrer_host', initial.host);
  }
}

function addSession(visit: JsonObject, { context }: Message): void {
  const { id, number } = readSession(context);
  add(visit, 'visit_session_id', id);
  add(visit, 'visit_session_number', number);
}

const VISIT_NAMES = nameParameters('visit_');
const INITIAL_NAMES = nameParameters('visit_initial_');

function nameParameters(prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(CAMPAIGN_PARAMETERS.map((name) => [name, prefix + name]));
}

function addEach(visit: JsonObject, names: Readonly<Record<string, string>>, values: Record<string, string>): void {
  for (const name of Object.keys(values)) add(visit, names[name] ?? name, values[name]);
}

// One by one, not by spreading objects: this runs for every event, and is most of what enrichment costs.
function add(visit: JsonObject, name: string, value: Json | undefined): void {
  if (value !== undefined) visit[name] = value;
}

function hasKeys(object: object): boolean {
  for (const _ in object) return true;
  return false;
}
