import { CONTROLS_HTML } from './htmlControls.ts';

const VIEWS = [
  ['events', 'Events'],
  ['profiles', 'Profiles'],
  ['lists', 'Lists'],
  ['segments', 'Segments'],
  ['jobs', 'Jobs'],
  ['webhooks', 'Webhooks'],
  ['dropped', 'Dropped'],
  ['requests', 'Requests'],
  ['controls', 'Controls'],
];

const FILTERS = [
  ['', 'All'],
  ['2', '2xx'],
  ['4', '4xx'],
  ['429', '429'],
  ['5', '5xx'],
  ['fault', 'Faults'],
];

const TABS = VIEWS.map(
  ([id, name]) =>
    `<button role="tab" id="tab-${id}" aria-controls="${id}" data-view="${id}">${name}<span class="count"></span></button>`,
).join('\n  ');

const STATUS_FILTERS = FILTERS.map(
  ([value, name]) =>
    `<label><input type="radio" name="status" value="${value}"${value === '' ? ' checked' : ''}><span>${name}</span></label>`,
).join('');

/** The frame of the page; everything that comes from the emulator's state is filled in by the script, as text only. */
export const PAGE_HTML = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Klaviyo emulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/__emulator/page.css">
<script type="module" src="/__emulator/page.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
  <div class="brand"><span class="mark" aria-hidden="true"></span><div><h1>Klaviyo emulator</h1><p id="account"></p></div></div>
  <p id="live"><span class="dot" aria-hidden="true"></span><span id="live-text">Connecting</span></p>
</header>
<nav role="tablist" aria-label="Views">
  ${TABS}
</nav>
<main id="main" tabindex="-1">
  <section id="events" role="tabpanel" aria-labelledby="tab-events"><div class="rows"></div></section>
  <section id="profiles" role="tabpanel" aria-labelledby="tab-profiles" hidden>
    <div class="columns">
      <div class="side">
        <input id="find" class="find" type="search" placeholder="Find a profile" aria-label="Find a profile">
        <div class="rows"></div>
      </div>
      <div class="detail"><div class="head"></div><div class="timeline"></div></div>
    </div>
  </section>
  <section id="lists" role="tabpanel" aria-labelledby="tab-lists" hidden><div class="rows cards"></div></section>
  <section id="segments" role="tabpanel" aria-labelledby="tab-segments" hidden><div class="rows cards"></div></section>
  <section id="jobs" role="tabpanel" aria-labelledby="tab-jobs" hidden><div class="rows"></div></section>
  <section id="webhooks" role="tabpanel" aria-labelledby="tab-webhooks" hidden><div class="rows cards"></div></section>
  <section id="dropped" role="tabpanel" aria-labelledby="tab-dropped" hidden>
    <p class="hint">Accepted with 202 and then lost without a word, as Klaviyo does.</p>
    <div class="rows"></div>
  </section>
  <section id="requests" role="tabpanel" aria-labelledby="tab-requests" hidden>
    <form class="filters">
      <fieldset class="segmented"><legend class="unseen">Status</legend>${STATUS_FILTERS}</fieldset>
      <input id="find-request" class="find" type="search" placeholder="Operation or path" aria-label="Operation or path">
    </form>
    <div class="rows log"></div>
  </section>
  <section id="controls" role="tabpanel" aria-labelledby="tab-controls" hidden>${CONTROLS_HTML}</section>
</main>
<p id="news" class="unseen" role="status"></p>
<div id="said"><p role="status"></p><button type="button" class="quiet" hidden>Dismiss</button></div>
<noscript><p class="empty">This page needs JavaScript. The same data is at /__emulator/state.</p></noscript>
</body>
</html>
`;
