import { browsingExamples } from './browsing.ts';
import { cartExamples } from './cart.ts';
import { customExamples } from './custom.ts';
import type { MappingExample } from './example.ts';
import { identityExamples } from './identity.ts';
import { klaviyoNamesExamples } from './klaviyoNames.ts';
import { nestedExamples } from './nested.ts';
import { numbersExamples } from './numbers.ts';
import { orderChangeExamples } from './orderChanges.ts';
import { orderExamples } from './orders.ts';
import { pageExamples } from './pages.ts';
import { profileExamples } from './profiles.ts';
import { rulesExamples } from './rules.ts';

export type {
  ExampleEvent,
  ExampleIdentifiers,
  ExampleItem,
  ExampleMember,
  ExampleProfile,
  MappingExample,
} from './example.ts';

/** The examples by what they are about, in the order in which the documentation shows them. */
export const exampleSections = {
  'Looking at products': browsingExamples,
  'Cart and checkout': cartExamples,
  Orders: orderExamples,
  'What becomes of an order': orderChangeExamples,
  'Pages, screens and visits': pageExamples,
  'Klaviyo’s own names': klaviyoNamesExamples,
  'Numbers, money and categories': numbersExamples,
  'Nested properties and limits': nestedExamples,
  'Your own events, and names': customExamples,
  'Whose event it is': identityExamples,
  'Profiles, companies and lists': profileExamples,
  Rules: rulesExamples,
} satisfies Record<string, readonly MappingExample[]>;

/** Every row of the contract's table and its edges. */
export const mappingExamples: readonly MappingExample[] = Object.values(exampleSections).flat();
