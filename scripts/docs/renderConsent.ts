import { CATEGORY_SIGNALS, type ConsentPolicy, parseConfig, REGIONS } from '@sluice/shared';
import { MAX_REPAIRS, POLL_MS, READ_BACK_MS } from '../../packages/edge-proxy/src/consent/limits.ts';
import { nameRegion } from './nameRegion.ts';
import { type DefaultPolicies, renderPolicyTables } from './renderPolicyTables.ts';

/** TCF Policies version 4 (TCF 2.2), appendix A, checked 2026-11-23. */
const TCF_PURPOSES: Readonly<Record<number, string>> = {
  1: 'store and/or access information on a device',
  3: 'create profiles for personalised advertising',
  4: 'use profiles to select personalised advertising',
  5: 'create profiles to personalise content',
  6: 'use profiles to select personalised content',
  8: 'measure content performance',
  9: 'understand audiences through statistics or combinations of data from different sources',
};

/** docs/consent.md: for a lawyer, which event goes on to Klaviyo and which is refused. */
export function renderConsent(): string {
  const policies = defaultPolicies();
  return `# Consent

Which of a customer's events are passed on to Klaviyo, and which are refused. The first parts are for whoever answers for
data protection in the shop and read no code; the last one is for who sets it up. This page is written by \`npm run docs\`: its
tables are what the program itself decides with its default settings. It describes what the program does and is no legal
advice; the settings are the shop's own choice.

## What is decided, and by what

The shop's pages and back ends send events: a product was viewed, an order was placed. Before an event is kept at all, three
things are looked at.

1. **What it is for.** An event is passed on for *tracking*, which needs consent as below. A back end may name events that are
   *transactional*, by default ${list(policies.server.transactional)}.
   Receipts depend on those, so they are passed on whatever was said of marketing. Of somebody who did not agree, nothing
   goes beside the order itself: not where they are, on what device and by which campaign they came, and no place on a
   list follows from it. A page cannot claim that an event is an order.
2. **Where the customer is.** For a page: where the network sees the visitor. For a back end: what the event
   says, as a country code, of the customer's place or address, or of where the goods or the bill go; where the server
   itself stands does not count. If nothing is known, the strictest rule applies.
3. **What the browser says of consent**, by any of the signals below.

What is refused is not kept. The sender is told which event was refused and why; the log counts refusals by reason, without
names. Mail and SMS are permissions of their own: no signal on this page subscribes anybody, and who unsubscribes from the
newsletter still gets receipts. What was accepted is checked once more right before it is sent, against the consent ledger: a
recorded no to tracking stops it there.

## The signals

The settings name the categories that a yes is needed for, by default ${list(policies.page.required)}.

| signal | yes | no | says nothing |
|---|---|---|---|
| the shop's banner, by category | the category is on | the category is off | the category was not answered |
| Global Privacy Control, set in a browser | – | it is on: no to every category, in every country | it is off or absent |
| Google Consent Mode v2 | all types that stand for the category are granted | one of them is denied | otherwise |
| a string of IAB Europe's TCF, version 2 | consent to all purposes that stand for the category | no consent to one of them | no string, or one that cannot be read |

- A no by any signal is a no, also beside a yes by another.
- It is a yes when each category that is needed has one, no matter by which signal. A yes to one category opens no other.
- Otherwise it is not known what the person wants.

Consent Mode and TCF do not know the shop's categories. These types and purposes stand for them:

| category | Google Consent Mode v2 | TCF purposes |
|---|---|---|
${renderCategories()}

Of any other category these two say nothing: there the banner has to. In TCF a legitimate interest does not count, nor does the
list of vendors; purpose 1 counts as given where the string says that the shop's country does not ask for it. Consent Mode's
\`denied\` is a no also where it is only the default before an answer.

## What happens

With the default settings, where a yes to \`marketing\` is needed. *A no* is told to the sender as \`consent_denied\`, *not known*
as \`consent_unknown\`. *Nothing beside* means the order without what is left out above.

${renderPolicyTables(policies)}

## Sign-ups and opt-outs

Mail and SMS are asked for on their own, and each answer is an entry in the consent ledger before it is acknowledged.

- **An opt-out always wins.** From its acknowledgement on nothing is sent against it but what was on its way at that moment,
  which the answer names. Of a yes and a no at the same time the no counts; an old yes, however late it is tried again or
  repeated, never lifts a newer no, and an old no that is repeated never lifts a newer yes.
- **Coming back.** After an opt-out a page of the shop cannot sign the person up again, since anybody can send what a page
  sends: it is refused (\`reoptin_unconfirmed\`), except on a list that asks them by mail first (double opt-in). Until
  they have confirmed, the opt-out stands. A back end vouches for its own sign-ups.
- **What Klaviyo made of it** is read back ${minutes(READ_BACK_MS[0])} and ${minutes(READ_BACK_MS[1])} minutes after each change. A change that is missing there is made
  again, up to ${MAX_REPAIRS} times, then the log says so. A sign-up that waits for its confirmation is not made again: that would mail the
  person again. A page that sends the same sign-up again is told \`pending\` or \`subscribed\`, as it was seen; else
  \`accepted\`.
- **What people tell Klaviyo itself**, by the link in a mail, a STOP or a complaint, comes into the ledger by Klaviyo's
  webhooks where they are set up, and by asking it every ${minutes(POLL_MS)} minutes; each night everybody is compared. Whoever is subscribed
  there against their last word is unsubscribed. An opt-out that Klaviyo has and the ledger lacks is never undone, it is learnt.

## Regions

${renderRegions()}

The rule for a country is looked up in this order: known at all, else opt-in; in the list \`optIn\`; in the list \`optOut\`; else
what \`else\` says. A country in both lists is opt-in.

## For whoever sets it up

These are the defaults; each source of events names its policy, and further ones may have other names.

\`\`\`jsonc
"consent": {
  // For pages.
  "default": ${renderPolicy(policies.page)},
  // For back ends: the shop asked the person itself.
  "server": ${renderPolicy(policies.server)}
}
\`\`\`

\`optIn\` and \`optOut\` list countries (ISO 3166-1) and the names above; \`required\` the categories that are needed, all of them;
\`unknown\` is \`refuse\` or \`send\`, for where a yes is needed and nothing is known; \`transactional\` has no effect for pages.

An event says it in its context, or in the context of its batch. The browser SDK sends \`categoryPreferences\` and \`gpc\` by
itself; the others are for who connects a banner of their own, once the visitor has answered:

\`\`\`json
{
  "context": {
    "consent": {
      "categoryPreferences": { "marketing": true, "analytics": false },
      "gpc": false,
      "googleConsentMode": { "ad_storage": "granted", "ad_user_data": "granted", "ad_personalization": "granted" },
      "tcf": "CP1R2oAP1R2oAAKABBENCWEgALAAAAAAAAYgAAAAAAAA"
    }
  }
}
\`\`\`

All fields are optional, and types of Consent Mode that no category needs are ignored. A field of a wrong kind, such as
\`"marketing": "yes"\`, is a mistake of the sender: the event is refused with \`event_invalid\`, and nothing is guessed. Why the
signals are read as they are: [decision 10](decisions/0010-consent-signals.md). A rule of your own, in TypeScript:
[hooks.md](hooks.md).
`;
}

function minutes(ms: number): number {
  return ms / 60_000;
}

function defaultPolicies(): DefaultPolicies {
  const parsed = parseConfig({ sources: [{ id: 'backend', kind: 'server' }] });
  if (!parsed.ok) throw new Error('the default configuration is not valid');
  const { default: page, server } = parsed.config.consent;
  return { page, server };
}

function renderCategories(): string {
  const rows = [...CATEGORY_SIGNALS].map(([category, { consentMode, tcfPurposes }]) => {
    const purposes = tcfPurposes.map((purpose) => `${purpose}, ${TCF_PURPOSES[purpose]}`);
    return `| \`${category}\` | ${consentMode.map((type) => `\`${type}\``).join(', ') || '–'} | ${purposes.join('; ')} |`;
  });
  return rows.join('\n');
}

function renderRegions(): string {
  const rows = Object.entries(REGIONS).map(
    ([region, members]) => `| \`${region}\`, ${nameRegion(region)} | ${members.map(nameRegion).sort().join(', ')} |`,
  );
  return ['| name | countries |', '|---|---|', ...rows].join('\n');
}

/** As it would stand in sluice.config.jsonc, a setting a line. */
function renderPolicy(policy: ConsentPolicy): string {
  const lines = Object.entries(policy).map(
    ([key, value]) => `    "${key}": ${JSON.stringify(value).replaceAll(',', ', ')}`,
  );
  return `{\n${lines.join(',\n')}\n  }`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
