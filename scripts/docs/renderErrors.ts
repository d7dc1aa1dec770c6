import { ERROR_CODES } from '@sluice/shared';

/** docs/errors.md: every code with its cause and cure. */
export function renderErrors(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, cause, cure }]) => `| \`${code}\` | ${status} | ${cause} | ${cure} |`,
  );
  return `# Codes

Every answer of the proxy that is not a success has the shape \`{ "error": { "code", "message", "requestId", "details"? } }\`.
The code is stable; the words may change. The same codes stand beside single events in the \`rejected\` list of a 202.
This page is written by \`npm run docs\` from \`packages/shared/src/codes.ts\`. Codes whose feature is still to come are
listed already: \`person_erased\`, \`already_member\`.

| code | status | cause | cure |
|---|---|---|---|
${rows.join('\n')}
`;
}
