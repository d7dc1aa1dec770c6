import { type ConsentPolicy, decideDoor, REGIONS, type RegionRule, ruleOf } from '@sluice/shared';
import { CONSENT_CASES, type ConsentCase } from './consentCases.ts';
import { nameRegion } from './nameRegion.ts';

export interface DefaultPolicies {
  page: ConsentPolicy;
  server: ConsentPolicy;
}

interface RegionGroup {
  title: string;
  /** All that the policies name, or some that stand for the rest. */
  countries: (string | undefined)[];
}

const RULES: Readonly<Record<RegionRule, string>> = {
  optIn: 'Opt-in: nothing before a yes.',
  optOut: 'Opt-out: until there is a no.',
};

const HEAD = `| the browser says | an event, \`unknown\` is \`refuse\`: the default for pages | an event, \`unknown\` is \`send\`: the default for back ends | an order, from a back end |
|---|---|---|---|`;

/** A table a group of regions, a row a signal, decided by the function that decides at the door. */
export function renderPolicyTables(policies: DefaultPolicies): string {
  const tables = groupsOf(policies.page).map((group) => {
    const rule = onlyOne(group, (country) => ruleOf(country, policies.page));
    const rows = CONSENT_CASES.map((each) => onlyOne(group, (country) => renderRow(each, country, policies)));
    return `### ${group.title}\n\n${RULES[rule]}\n\n${HEAD}\n${rows.join('\n')}`;
  });
  return tables.join('\n\n');
}

function groupsOf({ optIn, optOut }: ConsentPolicy): RegionGroup[] {
  const members = (regions: string[]) => regions.flatMap((region) => REGIONS[region] ?? [region]);
  const named = [...members(optIn), ...members(optOut)];
  const title = (regions: string[]) => capitalize(regions.map(nameRegion).join(', '));
  return [
    { title: title(optIn), countries: members(optIn) },
    { title: title(optOut), countries: members(optOut) },
    { title: 'Every other country', countries: ['JP', 'BR', 'AU', 'CA', 'IN'].filter((code) => !named.includes(code)) },
    { title: 'Where it is not known where the customer is', countries: [undefined] },
  ];
}

/** What holds for every country of a group; a group of which not all is treated alike would be a lie. */
function onlyOne<T>({ title, countries }: RegionGroup, of: (country: string | undefined) => T): T {
  const [one, ...others] = new Set(countries.map(of));
  if (one === undefined || others.length > 0) throw new Error(`"${title}" is not treated alike: ${[one, ...others]}`);
  return one;
}

function renderRow({ says, signals }: ConsentCase, country: string | undefined, policies: DefaultPolicies): string {
  const { page, server } = policies;
  const fromPage = decideDoor({ ...signals, event: 'Product Viewed', country, sourceKind: 'public', policy: page });
  const fromServer = decideDoor({ ...signals, event: 'Product Viewed', country, sourceKind: 'server', policy: server });
  const order = decideDoor({ ...signals, event: 'Order Completed', country, sourceKind: 'server', policy: server });
  const isAlone = order.ok && order.purpose === 'transactional' && !fromServer.ok;
  const cells = [
    says,
    describe(fromPage),
    describe(fromServer),
    `${describe(order)}${isAlone ? ', nothing beside' : ''}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const REASONS = { consent_denied: 'a no', consent_unknown: 'not known' };

function describe(decision: ReturnType<typeof decideDoor>): string {
  return decision.ok ? 'passed on' : `**refused**: ${REASONS[decision.reason]}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
