import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import { CLICK_IDS } from './clickIds.ts';
import { pickParameters } from './pickParameters.ts';
import { readName } from './readName.ts';

type Parameters = Readonly<Record<string, string>>;

export interface Campaign {
  /** `utm_source` and the like: of this page's address, else of what the sender remembers as the visit's. */
  utm: Parameters;
  /** Those in this page's address. Nobody remembers them, so they are known where the visitor landed. */
  clickIds: Parameters;
  /** The first campaign ever, where the sender remembers it. */
  initialUtm: Parameters;
  /** A link in one of Klaviyo's messages led here. */
  isKlaviyos: boolean;
}

/** Google Analytics' parameters (https://support.google.com/analytics/answer/10917952) by Segment's names for them. */
const UTM: readonly (readonly [parameter: string, field: string])[] = [
  ['utm_source', 'source'],
  ['utm_medium', 'medium'],
  ['utm_campaign', 'name'],
  ['utm_term', 'term'],
  ['utm_content', 'content'],
  ['utm_id', 'id'],
];
const UTM_NAMES: ReadonlySet<string> = new Set(UTM.map(([parameter]) => parameter));

/** Every parameter that a campaign may have. */
export const CAMPAIGN_PARAMETERS: readonly string[] = [...UTM_NAMES, ...Object.keys(CLICK_IDS)];

/** Klaviyo's stands in the links of its messages. */
const LOOKED_FOR: ReadonlySet<string> = new Set([...CAMPAIGN_PARAMETERS, '_kx']);

const NONE: Parameters = {};

/** What led to a page, as the query of its address and the message's context say. */
export function readCampaign(search: string, context: JsonObject | null | undefined): Campaign {
  // Most addresses have no query.
  const query = search.length > 1 ? readQuery(pickParameters(search, LOOKED_FOR)) : undefined;
  return {
    // Never mixed: the source of one campaign beside the term of another would be a third that never was.
    utm: query?.utm ?? readFields(context?.campaign),
    clickIds: query?.clickIds ?? NONE,
    initialUtm: readFields(context?.initialCampaign),
    isKlaviyos: query?.isKlaviyos ?? false,
  };
}

function readQuery(query: ReadonlyMap<string, string>) {
  const utm: Record<string, string> = {};
  const clickIds: Record<string, string> = {};
  for (const [name, value] of query)
    if (UTM_NAMES.has(name)) put(utm, name, value);
    else if (Object.hasOwn(CLICK_IDS, name)) put(clickIds, name, value);
  return { utm: Object.keys(utm).length > 0 ? utm : undefined, clickIds, isKlaviyos: query.has('_kx') };
}

/** Segment's `context.campaign`. */
function readFields(campaign: Json | undefined): Parameters {
  if (!isJsonObject(campaign)) return NONE;
  const utm: Record<string, string> = {};
  for (const [parameter, field] of UTM) put(utm, parameter, campaign[field]);
  return utm;
}

function put(found: Record<string, string>, name: string, value: Json | undefined): void {
  const text = typeof value === 'string' ? readName(value) : undefined;
  if (text !== undefined) found[name] = text;
}
