import { SESSION_IDLE_MS } from '../limits.ts';
import { createUuid } from './createUuid.ts';
import type { Store } from './openStore.ts';
import { parseObject } from './parseObject.ts';
import { readCampaign } from './readContext.ts';

interface Session {
  id: string;
  atMs: number;
  /** Its first page view was recorded. */
  paged: boolean;
  campaign?: Record<string, string>;
}

/** Continues the session, or starts one after 30 idle minutes; a newer campaign in the URL replaces the session's. */
export function touchSession(store: Store, key: string, isPage: boolean) {
  const atMs = Date.now();
  const stored = parseObject(store._get(key)) as Partial<Session>;
  const kept = atMs - (stored.atMs as number) < SESSION_IDLE_MS ? stored : {};
  const campaign = readCampaign(location.search) ?? kept.campaign;
  const id = kept.id ?? createUuid();
  const session = { id, atMs, paged: kept.paged || isPage, campaign };
  store._set(key, JSON.stringify(session));
  return { _id: id, _campaign: campaign, _starts: isPage && !kept.paged };
}
