import { commercePlan, describePlan } from '@sluice/shared/plan';
import { compile } from 'json-schema-to-typescript';

const BANNER = `// Written by \`npm run docs\` from commercePlan.ts, so that the SDKs have its types without its library.
// biome-ignore-all lint/suspicious/noExplicitAny: with \`unknown\` an object whose type is an interface would not fit.
`;

/** The e-commerce events as plain TypeScript. */
export async function renderCommerceEvents(): Promise<string> {
  const types = await compile(describePlan(commercePlan), 'CommercePlan', {
    bannerComment: BANNER,
    additionalProperties: false,
    unknownAny: false,
    style: { singleQuote: true, printWidth: 120 },
  });
  const events =
    '/** What the properties of each e-commerce event may say, by its name. */\nexport type CommerceEvents = Required<CommercePlan>;\n';
  return `${types}\n${events}`;
}

/** The same as JSON Schema, for everything that is not TypeScript. */
export function renderCommerceSchema(): string {
  return `${JSON.stringify(describePlan(commercePlan), null, 2)}\n`;
}
