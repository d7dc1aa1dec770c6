/** Made from src/page/client by page.build.ts: change it there, then run `npm run page`. */
export const PAGE_SCRIPT = `// src/page/client/byId.ts
function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(\`#\${id} is missing\`);
  return element;
}

// src/page/client/within.ts
function within(id, selector) {
  const element = byId(id, HTMLElement).querySelector(selector);
  if (!element) throw new Error(\`#\${id} \${selector} is missing\`);
  return element;
}

// src/page/client/say.ts
var STAYS_MS = 6e3;
var timer;
function say(text, kind = "good") {
  clearTimeout(timer);
  const message = within("said", "p");
  message.textContent = text;
  message.className = text === "" ? "" : kind;
  within("said", "button").hidden = kind === "good" || text === "";
  if (kind === "good" && text !== "") timer = setTimeout(() => say(""), STAYS_MS);
}

// src/page/faultPresets.ts
var FAULT_PRESETS = [
  { id: "outage", name: "Outage", hint: "503 and no effect", fault: { status: 503 } },
  {
    id: "storm",
    name: "429 storm",
    hint: "Retry-After of 10 seconds",
    fault: { status: 429, retryAfterSeconds: 10 }
  },
  { id: "challenge", name: "HTML challenge", hint: "403 page of a CDN, no JSON", fault: { status: 403, html: true } },
  { id: "slow", name: "Slow", hint: "answers after 5 seconds", fault: { delayMs: 5e3 } },
  { id: "reset", name: "Connection reset", hint: "closes without an answer", fault: { close: true } },
  { id: "truncated", name: "Truncated", hint: "half an answer, then closes", fault: { truncate: true } },
  { id: "hang", name: "Hang", hint: "never answers, until ended", fault: { hang: true } },
  { id: "lost", name: "Answer lost", hint: "takes effect, then 502", fault: { after: true } }
];

// src/page/client/make.ts
function make(tag2, props = {}, ...children) {
  const element = document.createElement(tag2);
  for (const [name, value] of Object.entries(props)) {
    if (value === void 0) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== void 0));
  return element;
}

// src/page/client/keepRows.ts
var prints = /* @__PURE__ */ new WeakMap();
var filled = /* @__PURE__ */ new WeakMap();
function keepRows(container, rows, how) {
  const focus = noteFocus(container);
  const known = new Map([...container.children].map((element) => [keyOf(element), element]));
  const wanted = rows.map(({ key, data }) => {
    const print = JSON.stringify(data);
    const old = known.get(key);
    if (old && prints.get(old) === print) return old;
    const element = how.build(data);
    element.dataset.key = key;
    prints.set(element, print);
    if (old) openAgain(old, element);
    else if (filled.get(container) === (how.of ?? "")) element.classList.add("fresh");
    return element;
  });
  if (wanted.length === 0) wanted.push(container.querySelector(":scope > .empty") ?? make("p", { class: "empty" }));
  if (rows.length === 0 && wanted[0]) wanted[0].textContent = how.empty;
  filled.set(container, how.of ?? "");
  place(container, wanted);
  if (focus && !container.contains(document.activeElement)) restoreFocus(wanted, focus);
}
var keyOf = (element) => element?.getAttribute("data-key") ?? "";
function place(container, wanted) {
  const staying = new Set(wanted);
  for (const element of [...container.children]) if (!staying.has(element)) element.remove();
  let next = container.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else container.insertBefore(element, next);
  }
}
function openAgain(old, element) {
  const open = new Set([...old.querySelectorAll("details[open]")].map(({ dataset }) => dataset.name));
  for (const each of element.querySelectorAll("details")) if (open.has(each.dataset.name)) each.open = true;
}
function noteFocus(container) {
  const active = document.activeElement;
  const row = active?.closest("[data-key]");
  if (!active || !row || !container.contains(row)) return void 0;
  return { key: keyOf(row), name: active.closest("[data-name]")?.getAttribute("data-name") };
}
function restoreFocus(rows, { key, name }) {
  const row = rows.find((each) => keyOf(each) === key);
  const named = name && row?.querySelector(\`[data-name="\${CSS.escape(name)}"]\`);
  const same = named instanceof HTMLDetailsElement ? named.querySelector("summary") : named;
  const first = row?.matches("button") ? row : row?.querySelector("h2[tabindex], button, summary");
  const target = same || first || document.getElementById("main");
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

// src/page/client/plural.ts
var plural = (count, noun) => \`\${count} \${noun}\${count === 1 ? "" : "s"}\`;

// src/page/client/controls/describeFault.ts
var UNTIL_ENDED = -1;
var PERCENT = 100;
function describeFault(fault) {
  const { operation, skip = 0, probability, ...kindAndCount } = fault;
  const { count = probability === void 0 ? 1 : UNTIL_ENDED, ...kind } = kindAndCount;
  const preset = FAULT_PRESETS.find((each) => sameFields(each.fault, kind));
  const parts = [
    preset?.name ?? \`Status \${fault.status ?? 500}\`,
    [operation ?? "every operation"].flat().join(" or "),
    count === UNTIL_ENDED ? "until ended" : plural(count, "request")
  ];
  if (skip > 0) parts.push(\`after \${skip} more\`);
  if (probability !== void 0) parts.push(\`\${Number((probability * PERCENT).toFixed(1))} % of them\`);
  return parts.join(", ");
}
function sameFields(a, b) {
  const sorted = (fields) => JSON.stringify(Object.entries(fields).sort());
  return sorted(a) === sorted(b);
}

// src/page/client/controls/readField.ts
function readField(form, name) {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

// src/page/client/controls/faults.ts
var UNTIL_ENDED2 = -1;
var PERCENT2 = 100;
function showFaults({ faults }) {
  const rows = faults.map((fault, at) => ({ key: String(at), data: fault }));
  keepRows(byId("faults-left", HTMLElement), rows, {
    build: faultRow,
    empty: "No faults: requests are answered as usual."
  });
  byId("faults-end", HTMLButtonElement).disabled = faults.length === 0;
}
function startFaults() {
  const form = byId("faults-form", HTMLFormElement);
  form.addEventListener("change", () => {
    byId("faults-count", HTMLInputElement).disabled = byId("faults-endless", HTMLInputElement).checked;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const now = await control("faults");
    const planned = now.ok ? now.value : void 0;
    const fault = readFault(form);
    if (planned && (await control("faults", [...planned, fault])).ok) say(\`Planned: \${describeFault(fault)}.\`);
  });
  byId("faults-end", HTMLElement).addEventListener("click", async () => {
    if ((await control("faults", [])).ok) say("All faults ended.");
  });
}
function readFault(form) {
  const operation = readField(form, "operation");
  const percent = Number(readField(form, "percent"));
  return {
    ...FAULT_PRESETS.find(({ id }) => id === readField(form, "preset"))?.fault,
    ...operation === "" ? {} : { operation },
    count: byId("faults-endless", HTMLInputElement).checked ? UNTIL_ENDED2 : Number(readField(form, "count")),
    ...percent < PERCENT2 ? { probability: percent / PERCENT2 } : {}
  };
}
function faultRow(fault) {
  const { operation, count, skip, probability, ...kind } = fault;
  const json = make("span", { class: "mono meta" }, JSON.stringify(kind));
  return make("div", { class: "row fault" }, make("span", {}, describeFault(fault)), json);
}

// src/page/client/controls/limits.ts
var shownScale;
function showLimits({ limits }) {
  byId("limits-on", HTMLInputElement).checked = limits.enabled !== false;
  const scale = String(limits.scale ?? 1);
  if (scale !== shownScale) scaleField().value = scale;
  shownScale = scale;
}
function startLimits() {
  const on = byId("limits-on", HTMLInputElement);
  on.addEventListener(
    "change",
    () => change({ enabled: on.checked }, on.checked ? "Limits are on." : "Limits are off.")
  );
  byId("limits-scale", HTMLElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const scale = scaleField().valueAsNumber;
    change({ scale }, \`Every limit is Klaviyo's times \${scale}.\`);
  });
}
async function change(limits, done) {
  const answered = await control("limits", limits);
  if (answered.ok) say(done);
}
var scaleField = () => byId("limits-factor", HTMLInputElement);

// src/page/client/store.ts
var store = {
  data: void 0,
  nowMs: Date.now(),
  chosen: ""
};

// src/page/client/tabs.ts
var STEPS = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1
};
var tabs = [...document.querySelectorAll("[role=tab]")];
var currentView = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.view ?? "";
function chooseTab(view) {
  const chosen = tabs.find((tab) => tab.dataset.view === view) ?? tabs[0];
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    const panel = document.getElementById(tab.dataset.view ?? "");
    if (panel) panel.hidden = tab !== chosen;
  }
}
function startTabs() {
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => {
      location.hash = \`/\${tab.dataset.view}\`;
    });
    tab.addEventListener("keydown", (event) => {
      const next = tabs[STEPS[event.key]?.(at, tabs.length) ?? -1];
      if (!next) return;
      event.preventDefault();
      location.hash = \`/\${next.dataset.view}\`;
      next.focus();
    });
  }
}

// src/page/client/tellNews.ts
var last;
function tellNews(view, count) {
  const more2 = last?.view === view ? count - last.count : 0;
  last = { view, count };
  if (more2 > 0) byId("news", HTMLElement).textContent = \`\${more2} more in \${view}.\`;
}

// src/page/client/timeOf.ts
var MINUTE_SECONDS = 60;
var HOUR_SECONDS = 3600;
var DAY_SECONDS = 86400;
var JUST_NOW_SECONDS = 5;
var shown = /* @__PURE__ */ new Set();
function timeOf(iso) {
  const element = make("time", { datetime: iso, title: new Date(iso).toLocaleString() }, ago(iso));
  shown.add(new WeakRef(element));
  return element;
}
function refreshTimes() {
  for (const ref of shown) {
    const element = ref.deref();
    if (!element) shown.delete(ref);
    else if (element.textContent !== ago(element.dateTime)) element.textContent = ago(element.dateTime);
  }
}
function ago(iso) {
  const seconds = Math.round((store.nowMs - Date.parse(iso)) / 1e3);
  if (Math.abs(seconds) < JUST_NOW_SECONDS) return "just now";
  if (Math.abs(seconds) >= DAY_SECONDS) return new Date(iso).toLocaleDateString();
  return seconds < 0 ? \`in \${distance(-seconds)}\` : \`\${distance(seconds)} ago\`;
}
function distance(seconds) {
  if (seconds < MINUTE_SECONDS) return \`\${seconds} s\`;
  if (seconds < HOUR_SECONDS) return \`\${Math.floor(seconds / MINUTE_SECONDS)} min\`;
  return \`\${Math.floor(seconds / HOUR_SECONDS)} h\`;
}

// src/page/client/badge.ts
function badge(text, kind = "") {
  return make("span", { class: \`badge \${kind}\` }, text);
}

// src/page/client/accountBadge.ts
function accountBadge(key) {
  const accounts = store.data?.accounts ?? [];
  if (accounts.length < 2 || key === null) return void 0;
  return badge(accounts.find(({ publicKey }) => publicKey === key)?.name ?? key, "account");
}

// src/page/client/words.ts
var words = (constant) => constant.toLowerCase().replaceAll(/[_-]/g, " ");

// src/page/client/views/dropped.ts
var REASONS = {
  unknown_profile_id: "It names a profile id that does not exist.",
  reserved_domain: "Klaviyo drops addresses at domains that are reserved for examples and tests.",
  duplicate: "The same profile, metric and unique_id was there already."
};
var dropped = {
  count: ({ counts: counts2 }) => counts2.dropped,
  show(data) {
    const seen = /* @__PURE__ */ new Map();
    const rows = data.dropped.toReversed().map((row) => {
      const print = JSON.stringify(row);
      const repeat = (seen.get(print) ?? 0) + 1;
      seen.set(print, repeat);
      return { key: \`\${print}#\${repeat}\`, data: row };
    });
    keepRows(within("dropped", ".rows"), rows.reverse(), { build: droppedCard, empty: "Nothing was lost." });
  }
};
function droppedCard(row) {
  const name = make("span", { class: "name" }, \`\${row.what === "event" ? "Event" : "Profile"} lost\`);
  return make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, name, badge(words(row.reason), "bad")),
    make("p", { class: "meta" }, REASONS[row.reason]),
    make(
      "p",
      { class: "meta" },
      make("span", { class: "mono" }, row.detail),
      timeOf(row.time),
      accountBadge(row.account)
    )
  );
}

// src/page/client/nameOf.ts
var SHORT_ID_CHARS = 12;
function nameOf(profile) {
  const anonymous = (profile.anonymous_ids[0] ?? profile.id).slice(0, SHORT_ID_CHARS);
  return profile.email ?? profile.phone_number ?? profile.external_id ?? \`Anonymous \${anonymous}\`;
}

// src/page/client/money.ts
function money(value, currency) {
  if (!currency) return String(value);
  try {
    return new Intl.NumberFormat(void 0, { style: "currency", currency }).format(value);
  } catch {
    return \`\${value} \${currency}\`;
  }
}

// src/page/client/personLink.ts
function personLink(id, name) {
  return make("a", { class: "link", href: \`#/profiles/\${id}\`, "data-name": \`person \${id}\` }, name);
}

// src/page/client/properties.ts
function properties(record) {
  const list = make("dl", { class: "props" });
  for (const [key, value] of Object.entries(record)) {
    if (value === void 0) continue;
    list.append(make("dt", {}, key), make("dd", {}, nested(value) ? opener(key, value) : String(value)));
  }
  return list;
}
var nested = (value) => typeof value === "object" && value !== null;
function opener(key, value) {
  const size = Array.isArray(value) ? plural(value.length, "item") : plural(Object.keys(value).length, "field");
  const text = make("pre", { tabindex: 0 }, JSON.stringify(value, null, 2));
  return make("details", { "data-name": key }, make("summary", {}, size), text);
}

// src/page/client/views/eventCard.ts
function eventCard({ event, owner }) {
  const own = event.integration === "Klaviyo" ? badge("by Klaviyo") : void 0;
  const backfill = event.backfill ? badge("backfill", "wait") : void 0;
  const name = make("span", { class: "name" }, event.metric, " ", own, backfill);
  const value = event.value === null ? void 0 : make("span", { class: "value" }, money(event.value, event.value_currency));
  const about = make(
    "p",
    { class: "meta" },
    owner === void 0 ? void 0 : personLink(event.profile, owner),
    timeOf(event.time),
    event.unique_id === null ? void 0 : make("span", { class: "mono", title: "unique_id" }, event.unique_id),
    owner === void 0 ? void 0 : accountBadge(event.account)
  );
  return make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, name, value),
    about,
    properties(event.properties)
  );
}

// src/page/client/views/events.ts
var events = {
  count: ({ counts: counts2 }) => counts2.events,
  show(data) {
    const owners = new Map(data.profiles.map((profile) => [profile.id, nameOf(profile)]));
    const rows = data.events.map((event) => ({
      key: event.id,
      data: { event, owner: owners.get(event.profile) ?? event.profile }
    }));
    keepRows(within("events", ".rows"), rows, {
      build: eventCard,
      empty: "No events yet. They appear here as they arrive."
    });
  }
};

// src/page/client/views/jobs.ts
var KIND_NAMES = {
  "profile-bulk-import-job": "Bulk import of profiles",
  "profile-suppression-bulk-create-job": "Bulk suppression",
  "profile-suppression-bulk-delete-job": "Bulk unsuppression"
};
var jobs = {
  count: ({ counts: counts2 }) => counts2.jobs,
  show(data) {
    const rows = data.jobs.map((job) => ({ key: \`\${job.account}/\${job.id}\`, data: job }));
    const empty = "No jobs yet. Bulk imports and bulk suppressions appear here.";
    keepRows(within("jobs", ".rows"), rows, { build: jobCard, empty });
  }
};
function jobCard(job) {
  const name = make("span", { class: "name" }, KIND_NAMES[job.kind] ?? job.kind);
  const status = badge(job.status, job.status === "complete" ? "good" : "wait");
  return make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, name, status),
    make(
      "p",
      { class: "meta" },
      make("span", { class: "mono" }, job.id),
      timeOf(job.created),
      job.lists.length > 0 ? make("span", {}, \`for \${job.lists.join(", ")}\`) : void 0,
      accountBadge(job.account)
    ),
    make("p", { class: "meta numbers" }, ...counts(job)),
    job.errorCount > 0 ? errorList(job) : void 0
  );
}
function counts(job) {
  const rest = { completed: job.completed, failed: job.failed, skipped: job.skipped };
  const shown2 = Object.entries(rest).filter(([name, count]) => name === "completed" || count > 0);
  return [\`\${plural(job.total, "profile")}\`, ...shown2.map(([name, count]) => \`\${count} \${name}\`)].map(
    (text) => make("span", {}, text)
  );
}
function errorList(job) {
  const rows = job.errors.map(
    ({ code, pointer, detail }) => make("li", {}, make("span", { class: "mono" }, \`\${code} \${pointer}\`), make("br"), detail)
  );
  const left = job.errorCount - job.errors.length;
  if (left > 0) rows.push(make("li", {}, \`and \${left} more\`));
  const summary = make("summary", {}, plural(job.errorCount, "import error"));
  return make("details", { "data-name": "errors" }, summary, make("ul", { class: "problems" }, ...rows));
}

// src/page/client/views/memberRows.ts
function memberRows(members) {
  const rows = members.map(
    ({ profile, name, joined }) => make("div", { class: "row" }, personLink(profile, name), make("span", { class: "meta" }, timeOf(joined)))
  );
  return make("div", { class: "members" }, ...rows);
}

// src/page/client/views/lists.ts
var lists = {
  count: ({ counts: counts2 }) => counts2.lists,
  show(data) {
    const rows = data.lists.map((list) => ({ key: \`\${list.account}/\${list.id}\`, data: list }));
    keepRows(within("lists", ".rows"), rows, { build: listCard, empty: "No lists." });
  }
};
function listCard(list) {
  const double = list.opt_in_process === "double_opt_in";
  return make(
    "article",
    { class: "card" },
    make(
      "div",
      { class: "row" },
      make("span", { class: "name" }, list.name),
      badge(double ? "double opt-in" : "single opt-in", double ? "wait" : "good")
    ),
    make(
      "p",
      { class: "meta" },
      make("span", { class: "mono" }, list.id),
      make("span", {}, plural(list.size, "member")),
      accountBadge(list.account)
    ),
    memberRows(list.members)
  );
}

// src/page/client/views/consentBadges.ts
var CONSENT_KINDS = { SUBSCRIBED: "good", UNSUBSCRIBED: "bad", NEVER_SUBSCRIBED: "" };
function consentBadges(profile) {
  const badges = profile.anonymous ? [badge("anonymous", "anonymous")] : [];
  for (const [label, { consent, pending }] of [
    ["Email", profile.consent.email],
    ["SMS", profile.consent.sms]
  ]) {
    if (consent !== "NEVER_SUBSCRIBED") badges.push(badge(\`\${label} \${words(consent)}\`, CONSENT_KINDS[consent]));
    if (pending.length > 0) badges.push(badge(\`\${label} awaits confirmation\`, "wait"));
  }
  for (const { reason } of profile.suppressions) badges.push(badge(\`suppressed: \${words(reason)}\`, "bad"));
  return make("div", { class: "badges" }, ...badges);
}

// src/page/client/views/personCard.ts
function personCard({ profile, events: events2 }) {
  const open = () => {
    location.hash = \`/profiles/\${profile.id}\`;
  };
  return make(
    "button",
    { class: "card person", type: "button", click: open },
    make("span", { class: "name" }, nameOf(profile)),
    make(
      "span",
      { class: "meta" },
      make("span", {}, plural(events2, "event")),
      timeOf(profile.updated),
      accountBadge(profile.account)
    ),
    consentBadges(profile)
  );
}

// src/page/client/views/consentCard.ts
var CHANNEL_NAMES = { email: "Email", sms: "SMS", whatsapp: "WhatsApp" };
function consentCard(profile, { channel, view, lists: lists2 }) {
  const name = CHANNEL_NAMES[channel] ?? words(channel).replace("whatsapp", "WhatsApp").replace("sms", "SMS");
  const state = badge(words(view.consent), CONSENT_KINDS[view.consent]);
  const card = make("div", { class: "consent" }, make("div", { class: "row" }, make("span", {}, name), state));
  if (view.timestamp !== null) {
    const how = view.doubleOptIn ? "double opt-in" : "";
    card.append(make("p", { class: "meta" }, timeOf(view.timestamp), how, view.customSource ?? ""));
  }
  for (const { list } of view.pending) {
    let confirmButton2 = function() {
      const who = addressOf(profile, channel);
      if (!who) return void 0;
      const click = () => confirm({ ...who, account: profile.account, ...list === null ? {} : { list } });
      return make("button", { type: "button", "data-name": \`confirm \${channel} \${list}\`, click }, "Confirm");
    };
    var confirmButton = confirmButton2;
    const where = list === null ? "" : \` for \${lists2[list] ?? list}\`;
    card.append(make("div", { class: "row" }, badge(\`awaits confirmation\${where}\`, "wait"), confirmButton2()));
  }
  return card;
}
function addressOf(profile, channel) {
  if (channel === "email" && profile.email !== null) return { email: profile.email };
  if (channel === "sms" && profile.phone_number !== null) return { phone_number: profile.phone_number };
  return void 0;
}
async function confirm(who) {
  const answered = await control("confirm", who);
  if (answered.ok) say("Confirmed, as if the link in the message had been clicked.");
}

// src/page/client/views/optOutButtons.ts
var REASONS2 = [
  { reason: "UNSUBSCRIBE", name: "Unsubscribe", done: "unsubscribed by the link in a message" },
  { reason: "SPAM_COMPLAINT", name: "Complain of spam", done: "complained of spam" },
  { reason: "HARD_BOUNCE", name: "Bounce", done: "is suppressed: the mail server rejected the address" }
];
function optOutButtons({ account, email }) {
  if (email === null) return void 0;
  const buttons = REASONS2.map(({ reason, name, done }) => {
    const click = async () => {
      const answered = await control("optout", { account, email, reason });
      if (answered.ok) say(\`\${email} \${done}.\`);
    };
    return make("button", { type: "button", "data-name": reason, click }, name);
  });
  return make("div", { class: "buttons", role: "group", "aria-label": \`What \${email} may do\` }, ...buttons);
}

// src/page/client/views/profileHead.ts
function profileHead({ profile, lists: lists2 }) {
  const channels = Object.entries(profile.consent).filter(
    ([name, { updated, pending }]) => name === "email" || name === "sms" || updated !== null || pending.length > 0
  );
  const cards = channels.map(([channel, view]) => consentCard(profile, { channel, view, lists: lists2 }));
  return make(
    "div",
    {},
    make("h2", { tabindex: -1, id: "who" }, nameOf(profile), " ", accountBadge(profile.account)),
    consentBadges(profile),
    properties(identify(profile)),
    make("h3", {}, "Consent"),
    make("div", { class: "consents" }, ...cards),
    optOutButtons(profile),
    ...memberships(profile, lists2),
    ...more(profile),
    make("h3", {}, "Timeline")
  );
}
function identify(profile) {
  const known = Object.entries({
    "E-mail": profile.email,
    Phone: profile.phone_number,
    "External id": profile.external_id,
    "Anonymous ids": profile.anonymous_ids.join(", "),
    Id: profile.id,
    ...profile.attributes
  });
  return Object.fromEntries(known.filter(([, value]) => value));
}
function memberships(profile, lists2) {
  const badges = [
    ...profile.lists.map((id) => badge(lists2[id] ?? id, "good")),
    ...profile.list_suppressions.map(({ list }) => badge(\`left \${lists2[list] ?? list}\`, "bad"))
  ];
  return badges.length > 0 ? [make("h3", {}, "Lists"), make("div", { class: "badges" }, ...badges)] : [];
}
function more(profile) {
  const located = Object.keys(profile.location).length > 0 ? { location: profile.location } : {};
  const record = { ...profile.properties, ...located };
  return Object.keys(record).length > 0 ? [make("h3", {}, "Properties"), properties(record)] : [];
}

// src/page/client/views/profiles.ts
var profiles = {
  count: ({ counts: counts2 }) => counts2.profiles,
  show(data) {
    const wanted = byId("find", HTMLInputElement).value.trim().toLowerCase();
    const perProfile = Map.groupBy(data.events, (event) => event.profile);
    const rows = data.profiles.filter((profile) => searchText(profile).includes(wanted)).map((profile) => ({ key: profile.id, data: { profile, events: perProfile.get(profile.id)?.length ?? 0 } }));
    const people = within("profiles", ".side .rows");
    keepRows(people, rows, { build: personCard, empty: wanted ? "Nobody found." : "No profiles yet." });
    for (const button of people.querySelectorAll(".person"))
      button.setAttribute("aria-current", String(button.dataset.key === store.chosen));
    showDetail(data, perProfile.get(store.chosen) ?? []);
  }
};
function searchText(profile) {
  const { phone_number, external_id, anonymous_ids, id, attributes } = profile;
  return JSON.stringify([nameOf(profile), phone_number, external_id, anonymous_ids, id, attributes]).toLowerCase();
}
function showDetail(data, timeline) {
  const profile = data.profiles.find(({ id }) => id === store.chosen);
  const hint = data.profiles.length > 0 ? "Choose a profile." : "Profiles appear with their first event or import.";
  const head = profile ? [{ key: profile.id, data: { profile, lists: nameLists(data, profile) } }] : [];
  keepRows(within("profiles", ".head"), head, { build: profileHead, empty: hint, of: store.chosen });
  const place2 = within("profiles", ".timeline");
  place2.hidden = profile === void 0;
  const rows = timeline.map((event) => ({ key: event.id, data: { event } }));
  keepRows(place2, rows, { build: eventCard, empty: "No events.", of: store.chosen });
}
function nameLists(data, profile) {
  const own = data.lists.filter(({ account }) => account === profile.account);
  return Object.fromEntries(own.map(({ id, name }) => [id, name]));
}

// src/page/client/views/requestCard.ts
var MAX_ERRORS = 5;
var TOO_MANY = 429;
function requestCard(entry) {
  const card = make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, headOf(entry), factsOf(entry)),
    make("p", { class: "meta mono" }, \`\${entry.method} \${entry.path}\`)
  );
  const errors = entry.errors.slice(0, MAX_ERRORS).map(({ code, pointer }) => \`\${code} \${pointer ?? ""}\`);
  if (errors.length > 0) card.append(make("p", { class: "meta mono" }, errors.join(" · ")));
  if (entry.bodyBytes > 0) card.append(bodyOf(entry));
  return card;
}
function headOf(entry) {
  const { status } = entry;
  const kind = status < 300 ? "good" : status === TOO_MANY || status >= 500 ? "wait" : "bad";
  const name = make("span", { class: "name" }, entry.operation ?? entry.method);
  const fault = entry.fault ? badge("fault", "wait") : void 0;
  return make("span", { class: "badges" }, badge(String(status), kind), name, fault, accountBadge(entry.account));
}
function factsOf(entry) {
  const { rateLimit } = entry;
  const left = rateLimit && \`\${rateLimit.remaining} of \${rateLimit.limit} left\`;
  return make(
    "span",
    { class: "meta numbers" },
    entry.items > 0 ? make("span", {}, plural(entry.items, "item")) : void 0,
    left ? make("span", { title: \`Starts again in \${rateLimit.resetSeconds} s\` }, left) : void 0,
    timeOf(entry.time)
  );
}
function bodyOf(entry) {
  const text = make("pre", { tabindex: 0 }, "Loading");
  const details = make("details", { "data-name": "body", toggle: load });
  details.append(make("summary", {}, \`Body, \${plural(entry.bodyBytes, "byte")}\`), text);
  async function load() {
    if (!details.open) return;
    const answered = await control(\`requests?id=\${entry.id}\`);
    const [found] = answered.ok ? answered.value : [];
    const kept = found?.id === entry.id ? found.requestBody : null;
    text.textContent = kept === null ? "The body was not kept." : JSON.stringify(kept, null, 2);
  }
  return details;
}

// src/page/client/views/requests.ts
var requests = {
  count: ({ requests: logged }) => logged.length,
  show(data) {
    const filter = readFilter();
    const rows = data.requests.filter((entry) => matches(entry, filter));
    const empty = data.requests.length === 0 ? "No requests yet." : "No request like this.";
    keepRows(
      within("requests", ".rows"),
      rows.map((entry) => ({ key: String(entry.id), data: entry })),
      { build: requestCard, empty }
    );
  }
};
function readFilter() {
  const status = document.querySelector("#requests input[name=status]:checked")?.value ?? "";
  return { status, text: byId("find-request", HTMLInputElement).value.trim().toLowerCase() };
}
function matches(entry, { status, text }) {
  const right = status === "fault" ? entry.fault : String(entry.status).startsWith(status);
  return right && \`\${entry.operation ?? ""} \${entry.method} \${entry.path}\`.toLowerCase().includes(text);
}

// src/page/client/views/segments.ts
var segments = {
  count: ({ counts: counts2 }) => counts2.segments,
  show(data) {
    const rows = data.segments.map((segment) => ({ key: \`\${segment.account}/\${segment.id}\`, data: segment }));
    const empty = "No segments. POST one to /__emulator/segments, or start the emulator with some.";
    keepRows(within("segments", ".rows"), rows, { build: segmentCard, empty });
  }
};
function segmentCard(segment) {
  return make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, make("span", { class: "name" }, segment.name)),
    make(
      "p",
      { class: "meta" },
      make("span", { class: "mono" }, segment.id),
      make("span", {}, plural(segment.size, "member")),
      accountBadge(segment.account)
    ),
    make("p", { class: "meta mono" }, segment.where === "" ? "everybody" : segment.where),
    memberRows(segment.members)
  );
}

// src/page/client/views/webhooks.ts
var webhooks = {
  count: ({ counts: counts2 }) => counts2.webhooks,
  show(data) {
    const rows = data.webhooks.map((webhook) => ({ key: \`\${webhook.account}/\${webhook.id}\`, data: webhook }));
    const empty = "No webhooks. They are created by the API.";
    keepRows(within("webhooks", ".rows"), rows, { build: webhookCard, empty });
  }
};
function webhookCard(webhook) {
  const state = webhook.enabled ? badge("enabled", "good") : badge("disabled", "bad");
  return make(
    "article",
    { class: "card" },
    make("div", { class: "row" }, make("span", { class: "name" }, webhook.name), state),
    make("p", { class: "meta mono" }, webhook.endpoint_url),
    make(
      "p",
      { class: "meta numbers" },
      make("span", { class: "mono" }, webhook.id),
      make("span", {}, webhook.waiting === 0 ? "nothing waits" : \`\${plural(webhook.waiting, "event")} waiting\`),
      accountBadge(webhook.account)
    ),
    failingOf(webhook),
    make("div", { class: "badges" }, ...webhook.topics.map((topic) => badge(topic)))
  );
}
function failingOf({ failing }) {
  if (!failing) return void 0;
  return make(
    "p",
    { class: "meta" },
    badge(\`failed \${plural(failing.attempts, "time")}\`, "bad"),
    make("span", {}, "since ", timeOf(failing.since)),
    make("span", {}, "asked again ", timeOf(failing.retry_at))
  );
}

// src/page/client/views/index.ts
var controls = { count: ({ faults }) => faults.length, show: () => void 0 };
var VIEWS = {
  events,
  profiles,
  lists,
  segments,
  jobs,
  webhooks,
  dropped,
  requests,
  controls
};

// src/page/client/showPage.ts
function showPage(news) {
  const { data } = store;
  if (!data) return;
  showClock(data);
  if (news) {
    const accounts = data.accounts.map(({ name, publicKey }) => \`\${name} (\${publicKey})\`).join(", ");
    const account = document.getElementById("account");
    if (account) account.textContent = accounts;
    for (const [view, { count }] of Object.entries(VIEWS)) {
      const place2 = tabs.find((tab) => tab.dataset.view === view)?.querySelector(".count");
      if (place2) place2.textContent = String(count(data));
    }
    showFaults(data);
    showLimits(data);
    VIEWS[currentView()]?.show(data);
    tellNews(currentView(), VIEWS[currentView()]?.count(data) ?? 0);
  }
  refreshTimes();
}

// src/page/client/refresh.ts
var TIMEOUT_MS = 5e3;
var tag = "";
var turn = Promise.resolve();
function refresh() {
  turn = turn.then(ask);
  return turn;
}
async function ask() {
  const answer = await read();
  if (!answer) return showReach("off", "Not reachable, trying again");
  store.nowMs = answer.nowMs;
  if (answer.data) store.data = answer.data;
  showPage(answer.data !== void 0);
  const pending = store.data?.counts.pending ?? 0;
  showReach("on", pending > 0 ? \`Live, \${pending} on their way\` : "Live");
}
async function read() {
  try {
    const headers = tag ? { "if-none-match": tag } : {};
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch("/__emulator/page.json", { headers, cache: "no-store", signal });
    const nowMs = Date.parse(response.headers.get("x-emulator-now") ?? "");
    if (response.status === 304) return { nowMs };
    const data = await response.json();
    tag = response.headers.get("etag") ?? "";
    return { nowMs, data };
  } catch {
    return void 0;
  }
}
function showReach(state, text) {
  const live = byId("live", HTMLElement);
  if (state === "off" && live.className !== "off")
    say("The emulator is not reachable. What you see may be old.", "bad");
  if (state === "on" && live.className === "off") say("The emulator is reachable again.");
  if (live.className !== state) live.className = state;
  const place2 = byId("live-text", HTMLElement);
  if (place2.textContent !== text) place2.textContent = text;
}

// src/page/client/control.ts
async function control(name, body) {
  const answered = await ask2(name, body);
  if (body !== void 0) await refresh();
  return answered;
}
async function ask2(name, body) {
  try {
    const init = body === void 0 ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(\`/__emulator/\${name}\`, { ...init, cache: "no-store" });
    const value = await response.json();
    if (response.ok) return { ok: true, value };
    say(\`The emulator refused: \${reasonIn(value) ?? \`status \${response.status}\`}\`, "bad");
  } catch {
    say("The emulator did not answer. Is it still running?", "bad");
  }
  return { ok: false };
}
function reasonIn(value) {
  return typeof value === "object" && value !== null && "error" in value ? String(value.error) : void 0;
}

// src/page/client/controls/clock.ts
var MINUTE_MS = 6e4;
var ISO_SECONDS_CHARS = "YYYY-MM-DDTHH:MM:SS".length;
function showClock({ frozen }) {
  const now = new Date(store.nowMs);
  setText("clock-now", now.toLocaleString(void 0, { dateStyle: "medium", timeStyle: "medium" }));
  setText("clock-utc", \`\${now.toISOString().slice(0, ISO_SECONDS_CHARS)}Z\`);
  setText("clock-state", frozen ? "frozen" : "running");
  byId("clock-state", HTMLElement).className = \`badge \${frozen ? "wait" : "good"}\`;
  setText("clock-freeze", frozen ? "Run" : "Freeze");
  const field = timeField();
  if (field.value === "" && document.activeElement !== field) field.value = toLocalInput(now);
}
function startClock() {
  byId("clock-freeze", HTMLElement).addEventListener(
    "click",
    () => move({ frozen: !store.data?.frozen }, store.data?.frozen ? "The clock runs." : "The clock stands still.")
  );
  for (const button of document.querySelectorAll("[data-advance]"))
    button.addEventListener(
      "click",
      () => move({ advanceMs: Number(button.dataset.advance) }, \`The clock is \${button.textContent} ahead of where it was.\`)
    );
  byId("clock-set", HTMLElement).addEventListener("submit", (event) => {
    event.preventDefault();
    move({ set: new Date(timeField().value).toISOString() }, "The clock is set.");
  });
}
async function move(how, done) {
  const answered = await control("clock", how);
  if (answered.ok) say(done);
}
var timeField = () => byId("clock-time", HTMLInputElement);
var toLocalInput = (time) => new Date(time.getTime() - time.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, ISO_SECONDS_CHARS);
function setText(id, text) {
  const element = byId(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}

// src/page/client/controls/reset.ts
function startReset() {
  const dialog = byId("reset-dialog", HTMLDialogElement);
  byId("reset", HTMLElement).addEventListener("click", () => dialog.showModal());
  byId("reset-no", HTMLElement).addEventListener("click", () => dialog.close());
  byId("reset-yes", HTMLElement).addEventListener("click", async () => {
    dialog.close();
    if ((await control("reset", {})).ok) say("Everything is as it was at the beginning.");
  });
}

// src/page/client/main.ts
var ASK_EVERY_MS = 1e3;
function follow() {
  const before = currentView();
  const [place2, view = "", id = ""] = location.hash.split("/");
  if (place2 !== "#" && before !== "") return;
  store.chosen = id || store.chosen;
  chooseTab(view);
  if (before !== "" && before !== currentView()) scrollTo(0, 0);
  showPage(true);
  if (id) document.getElementById("who")?.focus();
}
async function keepAsking() {
  await refresh();
  setTimeout(keepAsking, ASK_EVERY_MS);
}
startTabs();
startClock();
startFaults();
startLimits();
startReset();
for (const id of ["profiles", "requests"]) within(id, ".find").addEventListener("input", () => showPage(true));
within("requests", ".filters").addEventListener("change", () => showPage(true));
within("requests", ".filters").addEventListener("submit", (event) => event.preventDefault());
within("said", "button").addEventListener("click", () => say(""));
addEventListener("hashchange", follow);
follow();
keepAsking();
`;
