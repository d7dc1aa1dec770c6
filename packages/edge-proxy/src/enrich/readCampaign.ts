import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import { CLICK_IDS } from './clickIds.ts';
import { pickParameters } from './pickParameters.ts';
import { readName } from './readName.ts';
import { searchOf } from './searchOf.ts';

type Parameters = Readonly<Record<string, string>>;

/** What led to a page: the parameters of a campaign, and what advertising networks add. */
export interface Touch {
  /** `utm_source` and the like. */
  utm: Parameters;
  clickIds: Parameters;
}

/** Of this page's address, else of what the sender remembers as the visit's. */
export interface Campaign extends Touch {
  /** The first one ever, where the sender remembers it. */
  initial: Touch;
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
const UNTOUCHED: Touch = { utm: NONE, clickIds: NONE };

/** What led to a page, as the query of its address and the message's context say. */
export function readCampaign(search: string, context: JsonObject | null | undefined): Campaign {
  // Most addresses have no query.
  const query = search.length > 1 ? readQuery(pickParameters(search, LOOKED_FOR)) : undefined;
  const remembered = readRemembered(context?.campaign, context?.lastTouch);
  return {
    // Never mixed: the source of one campaign beside the term of another would be a third that never was.
    utm: query?.utm ?? remembered.utm,
    clickIds: query?.clickIds ?? (query?.utm ? NONE : remembered.clickIds),
    initial: readRemembered(context?.initialCampaign, context?.firstTouch),
    isKlaviyos: query?.isKlaviyos ?? false,
  };
}

function readQuery(query: ReadonlyMap<string, string>) {
  const utm: Record<string, string> = {};
  const clickIds: Record<string, string> = {};
  for (const [name, value] of query)
    if (UTM_NAMES.has(name)) put(utm, name, value);
    else if (Object.hasOwn(CLICK_IDS, name)) put(clickIds, name, value);
  return { utm: orNone(utm), clickIds: orNone(clickIds), isKlaviyos: query.has('_kx') };
}

function orNone(parameters: Parameters): Parameters | undefined {
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

/** What the sender remembers: Segment's `context.campaign`, or, as the browser SDK has it, the address that a visit began at. */
function readRemembered(campaign: Json | undefined, touch: Json | undefined): Touch {
  if (isJsonObject(campaign)) return { utm: readFields(campaign), clickIds: NONE };
  const search = isJsonObject(touch) && typeof touch.url === 'string' ? searchOf(touch.url) : '';
  if (search === '') return UNTOUCHED;
  const { utm = NONE, clickIds = NONE } = readQuery(pickParameters(search, LOOKED_FOR));
  return { utm, clickIds };
}

function readFields(campaign: JsonObject): Parameters {
  const utm: Record<string, string> = {};
  for (const [parameter, field] of UTM) put(utm, parameter, campaign[field]);
  return utm;
}

function put(found: Record<string, string>, name: string, value: Json | undefined): void {
  const text = typeof value === 'string' ? readName(value) : undefined;
  if (text !== undefined) found[name] = text;
}
