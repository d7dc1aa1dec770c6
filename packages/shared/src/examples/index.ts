import { browsingExamples } from './browsing.ts';
import { cartExamples } from './cart.ts';
import { customExamples } from './custom.ts';
import type { MappingExample } from './example.ts';
import { identityExamples } from './identity.ts';
import { orderChangeExamples } from './orderChanges.ts';
import { orderExamples } from './orders.ts';
import { pageExamples } from './pages.ts';
import { profileExamples } from './profiles.ts';

export type { ExampleEvent, ExampleIdentifiers, ExampleItem, ExampleProfile, MappingExample } from './example.ts';

/** Every row of the contract's table and its edges. */
export const mappingExamples: readonly MappingExample[] = [
  ...browsingExamples,
  ...cartExamples,
  ...orderExamples,
  ...orderChangeExamples,
  ...pageExamples,
  ...customExamples,
  ...identityExamples,
  ...profileExamples,
];
