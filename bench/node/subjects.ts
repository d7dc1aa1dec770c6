/** The columns: each SDK, and ours a second time with its spool. */
export interface Subject {
  title: string;
  client: string;
  hasSpool: boolean;
}

export const OURS = '@sluice/node';
export const SUBJECTS: readonly Subject[] = [
  { title: OURS, client: OURS, hasSpool: false },
  { title: 'with the spool', client: OURS, hasSpool: true },
  ...['@segment/analytics-node', 'posthog-node', '@snowplow/node-tracker'].map((name) => ({
    title: name,
    client: name,
    hasSpool: false,
  })),
];
