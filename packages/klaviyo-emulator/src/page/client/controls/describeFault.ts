import type { PageData } from '../../describePage.ts';
import { FAULT_PRESETS } from '../../faultPresets.ts';
import { plural } from '../plural.ts';

type Fault = PageData['faults'][number];

const UNTIL_ENDED = -1;
const PERCENT = 100;

/** A planned fault in one line, by the name of its preset where it has one. */
export function describeFault(fault: Fault): string {
  const { operation, skip = 0, probability, ...kindAndCount } = fault;
  const { count = probability === undefined ? 1 : UNTIL_ENDED, ...kind } = kindAndCount;
  const preset = FAULT_PRESETS.find((each) => sameFields(each.fault, kind));
  const parts = [
    preset?.name ?? `Status ${fault.status ?? 500}`,
    [operation ?? 'every operation'].flat().join(' or '),
    count === UNTIL_ENDED ? 'until ended' : plural(count, 'request'),
  ];
  if (skip > 0) parts.push(`after ${skip} more`);
  if (probability !== undefined) parts.push(`${Number((probability * PERCENT).toFixed(1))} % of them`);
  return parts.join(', ');
}

function sameFields(a: object, b: object): boolean {
  const sorted = (fields: object) => JSON.stringify(Object.entries(fields).sort());
  return sorted(a) === sorted(b);
}
