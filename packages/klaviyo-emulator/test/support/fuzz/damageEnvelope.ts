import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { type Sent, sendable, withHeader, withoutHeader, withQuery } from './Sent.ts';

/** What is wrong with any request: its key, its revision, a parameter that nothing has. */
export function damageEnvelope(example: Example): fc.Arbitrary<Sent>[] {
  const key = example.path.startsWith('/client/')
    ? fc.constantFrom('', 'company_id=', 'company_id=NOSUCH', `company_id=${'x'.repeat(20_000)}`).map((query) => ({
        ...sendable(example),
        path: `${example.path.split('?')[0]}?${query}`,
      }))
    : fc
        .constantFrom('', 'Bearer pk_emulator_demo', 'Klaviyo-API-Key', 'Klaviyo-API-Key pk_x', 'pk_emulator_demo')
        .map((authorization) => withHeader(example, { authorization }));
  return [
    key,
    fc
      .constantFrom('include', 'additional-fields[profile]', 'fields[shoe]', 'shoe_size', '__proto__', 'page[number]')
      .map((name) => withQuery(example, name, 'nonsense')),
    fc.constant(withoutHeader(example, 'revision')),
    fc
      .constantFrom('banana', '2026', '2026-13-45', '2099-01-01', '2026-07-15.', '2026-07-15; x', '0'.repeat(5000))
      .map((revision) => withHeader(example, { revision })),
  ];
}
