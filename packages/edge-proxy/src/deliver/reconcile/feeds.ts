import { POLL_MS } from '../../consent/limits.ts';
import type { Operation } from '../../klaviyo/operations.ts';
import { CONSENT_FIELDS } from '../readBack/readConsents.ts';

/** One way to ask Klaviyo who changed their mind. */
export interface Feed {
  name: string;
  operation: Extract<Operation, 'get_profiles' | 'get_events'>;
  /** Whether it is time to look again. */
  isDue(sinceMs: number, nowMs: number): boolean;
  /** Of events: the metric by which Klaviyo records it. */
  metric?: string;
  /** `since`: what is asked for, as Klaviyo writes times. */
  query(since: string, metricId: string): Record<string, string>;
}

const DAY_MS = 24 * 3_600_000;
const SUPPRESSION = 'subscriptions.email.marketing.suppression.timestamp';
const LIST_SUPPRESSION = 'subscriptions.email.marketing.list_suppressions.timestamp';

/** The look at all profiles that there are. */
export const EVERYBODY = 'everybody';

/** Opt-outs of e-mail show on the profile, those of SMS in a metric alone; and each night everybody is looked at. */
export const FEEDS: readonly Feed[] = [
  suppressions('suppressions', SUPPRESSION),
  suppressions('list_suppressions', LIST_SUPPRESSION),
  optOuts('email_opt_outs', 'Unsubscribed from Email Marketing'),
  optOuts('sms_opt_outs', 'Unsubscribed from SMS Marketing'),
  {
    name: EVERYBODY,
    operation: 'get_profiles',
    isDue: (sinceMs, nowMs) => Math.floor(nowMs / DAY_MS) > Math.floor(sinceMs / DAY_MS),
    query: () => ({ ...CONSENT_FIELDS, sort: 'id' }),
  },
];

function isPollDue(sinceMs: number, nowMs: number): boolean {
  return nowMs - sinceMs >= POLL_MS;
}

function suppressions(name: string, path: string): Feed {
  const query = (since: string) => ({ ...CONSENT_FIELDS, sort: path, filter: `greater-or-equal(${path},${since})` });
  return { name, operation: 'get_profiles', isDue: isPollDue, query };
}

function optOuts(name: string, metric: string): Feed {
  return {
    name,
    operation: 'get_events',
    isDue: isPollDue,
    metric,
    query: (since, metricId) => ({
      'page[size]': CONSENT_FIELDS['page[size]'],
      sort: 'datetime',
      filter: `equals(metric_id,${JSON.stringify(metricId)}),greater-or-equal(datetime,${since})`,
    }),
  };
}
