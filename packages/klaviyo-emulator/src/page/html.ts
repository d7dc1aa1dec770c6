/** The frame of the page; everything in it is filled by the script, with text only. */
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
  <p id="live" role="status"><span class="dot" aria-hidden="true"></span><span id="live-text">Connecting</span></p>
</header>
<nav role="tablist" aria-label="Views">
  <button role="tab" id="tab-events" aria-controls="events" data-view="events">Events <span class="count"></span></button>
  <button role="tab" id="tab-profiles" aria-controls="profiles" data-view="profiles">Profiles <span class="count"></span></button>
  <button role="tab" id="tab-lists" aria-controls="lists" data-view="lists">Lists <span class="count"></span></button>
  <button role="tab" id="tab-requests" aria-controls="requests" data-view="requests">Requests <span class="count"></span></button>
</nav>
<main id="main" tabindex="-1">
  <section id="events" role="tabpanel" aria-labelledby="tab-events"><div class="feed"></div></section>
  <section id="profiles" role="tabpanel" aria-labelledby="tab-profiles" hidden>
    <div class="columns">
      <div class="side">
        <input id="find" type="search" placeholder="Find a profile" aria-label="Find a profile">
        <div class="people"></div>
      </div>
      <div class="detail" aria-live="polite"></div>
    </div>
  </section>
  <section id="lists" role="tabpanel" aria-labelledby="tab-lists" hidden><div class="cards"></div></section>
  <section id="requests" role="tabpanel" aria-labelledby="tab-requests" hidden><div class="log"></div></section>
</main>
<noscript><p class="empty">This page needs JavaScript. The same data is at /__emulator/state.</p></noscript>
</body>
</html>
`;
