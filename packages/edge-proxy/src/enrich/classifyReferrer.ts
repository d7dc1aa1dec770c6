import { CLICK_IDS } from './clickIds.ts';
import { HOST_KINDS } from './hostKinds.ts';
import { hostOf } from './hostOf.ts';
import type { Campaign, Touch } from './readCampaign.ts';

/** How somebody came. `internal`: from another page of the shop. */
export type ReferrerKind = 'direct' | 'internal' | 'search' | 'social' | 'email' | 'paid' | 'other';

interface ReferrerFacts {
  /** Empty where there was none; undefined where the sender does not say. */
  referrer: string | undefined;
  pageUrl?: string | undefined;
  /** The shop's own. */
  hosts: readonly string[];
  campaign?: Touch & Partial<Pick<Campaign, 'isKlaviyos'>>;
}

export interface Referrer {
  kind?: ReferrerKind | undefined;
  /** Of another site, never of the shop itself. */
  host?: string | undefined;
}

/** Says what kind of place led to a page: by its campaign where it has one, else by the host that it was opened from. */
export function classifyReferrer({ referrer, pageUrl, hosts, campaign }: ReferrerFacts): Referrer {
  const host = hostOf(referrer);
  const isInternal =
    host !== undefined && (hosts.some((own) => isSameSite(host, own)) || isSameSite(host, hostOf(pageUrl)));
  const seen = isInternal ? 'internal' : host ? kindOfHost(host) : referrer === '' ? 'direct' : undefined;
  const kind = (campaign && kindOfCampaign(campaign, seen)) ?? seen;
  return { kind, host: isInternal ? undefined : host };
}

/** After Google Analytics 4's default channel groups (https://support.google.com/analytics/answer/9756891). */
const MEDIA: readonly (readonly [ReferrerKind, RegExp])[] = [
  ['paid', /^(?:.*cp.*|ppc|retargeting|paid.*|display|banner)$/i],
  ['email', /^e[-_ ]?mail$/i],
  ['social', /^(?:social|sm|social[- ](?:network|media))$/i],
  ['search', /^organic$/i],
];

function kindOfCampaign(
  { utm, clickIds, isKlaviyos }: NonNullable<ReferrerFacts['campaign']>,
  seen: ReferrerKind | undefined,
) {
  const { utm_medium, utm_source = '' } = utm;
  const medium = utm_medium && MEDIA.find(([, pattern]) => pattern.test(utm_medium))?.[0];
  const clicked = Object.keys(clickIds).map((name) => CLICK_IDS[name]);
  if (medium === 'paid' || clicked.includes('paid')) return 'paid';
  if (medium) return medium;
  if (isKlaviyos || /^e[-_ ]?mail$/i.test(utm_source)) return 'email';
  if (clicked[0]) return clicked[0];
  // Some campaign it was: a visit that it brought is neither direct nor internal.
  const isUntold = seen === undefined || seen === 'direct' || seen === 'internal';
  return isUntold && Object.keys(utm).length > 0 ? 'other' : undefined;
}

function kindOfHost(host: string): ReferrerKind {
  return HOST_KINDS.find(([, pattern]) => pattern.test(host))?.[0] ?? 'other';
}

/** `shop.example` and `checkout.shop.example` are. */
function isSameSite(host: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  return host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
}
