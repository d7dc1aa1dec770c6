import { SESSION_IDLE_MS, SESSION_STEP_MS } from '../limits.ts';
import type { Traits } from '../types.ts';
import { createId } from './createId.ts';
import { readCampaign } from './readCampaign.ts';
import { readExchangeId } from './readExchangeId.ts';

/** As stored, in one entry, since it is read with every event. */
export interface Visitor {
  /** What all messages of the moment share, as it is sent. */
  head: {
    anonymousId: string;
    userId?: string | undefined;
    context: {
      traits?: Traits;
      sessionId?: string;
      page?: object;
      campaign?: object | undefined;
      /** What led to the shop, where it landed, and when: the first time, and in this session. */
      firstTouch?: object;
      lastTouch?: object;
      klaviyo?: object;
    };
  };
  seenAtMs: number;
  /** The session whose first page view was recorded. */
  pagedId?: string | undefined;
}

interface Page {
  url: string;
  path: string;
  title: string;
  referrer: string;
}

/** Continues the session, or starts one after 30 idle minutes; a newer campaign in the URL replaces the session's. */
export function touchVisitor(visitor: Visitor, page: Page, query: string) {
  const { context } = visitor.head;
  const search = new URLSearchParams(query);
  const nowMs = Date.now();
  const idleMs = nowMs - visitor.seenAtMs;
  const isNew = !(idleMs < SESSION_IDLE_MS);
  const campaign = readCampaign(search);
  if (isNew) context.sessionId = createId();
  if (isNew || (campaign && JSON.stringify(campaign) !== JSON.stringify(context.campaign))) {
    const { url, referrer } = page;
    context.campaign = campaign;
    context.lastTouch = { ...campaign, url, referrer, timestamp: new Date() };
    context.firstTouch ??= context.lastTouch;
  }
  context.page = page;
  let _kx: string | null | undefined = search.get('_kx');
  if (!(idleMs < SESSION_STEP_MS)) {
    visitor.seenAtMs = nowMs;
    _kx ??= readExchangeId();
  }
  if (_kx) context.klaviyo = { _kx };
}
