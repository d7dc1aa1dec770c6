import { SESSION_IDLE_MS, SESSION_STEP_MS } from '../limits.ts';
import type { Traits } from '../types.ts';
import { createId } from './createId.ts';

/** What all messages of the moment share, as it is sent. It is stored with the session, in one entry. */
export interface Head {
  anonymousId: string;
  userId?: string | undefined;
  context: Context;
}

export interface Context {
  traits?: Traits;
  sessionId?: string;
  page?: Page;
  /** Where the visitor landed, from where, and when: the first time, and in this session. */
  firstTouch?: object;
  lastTouch?: object;
  klaviyo?: object;
}

/** What is known of the session and not sent. */
export interface Session {
  seenAtMs?: number;
  /** The campaign that led to the last touch. */
  campaign?: string;
  /** The session whose first page view was recorded. */
  pagedId?: string | undefined;
}

export interface Page {
  url: string;
  path: string;
  title: string;
  referrer: string;
}

/** Continues the session, or starts one after 30 idle minutes; a newer campaign in the URL is a touch too. */
export function touchVisitor(context: Context, session: Session, page: Page) {
  const nowMs = Date.now();
  const idleMs = nowMs - (session.seenAtMs as number);
  const isNew = !(idleMs < SESSION_IDLE_MS);
  // What a campaign's parameters say, click ids and Klaviyo's `_kx` among them, the proxy reads from the touch's address.
  const campaign = `${page.url.match(/\b(utm_|_kx=|\w+(clk?id|braid)=)[^&#]+/g) ?? ''}`;
  if (isNew) context.sessionId = createId();
  if (isNew || (campaign && campaign !== session.campaign)) {
    session.campaign = campaign;
    context.lastTouch = { ...page, timestamp: new Date().toJSON() };
    context.firstTouch ??= context.lastTouch;
  }
  context.page = page;
  if (!(idleMs < SESSION_STEP_MS)) session.seenAtMs = nowMs;
}
