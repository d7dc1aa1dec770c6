declare const __VERSION__: string;

/** The page as it is now. */
export function readPage() {
  const { href, pathname, search } = location;
  return { url: href, path: pathname, title: document.title, referrer: document.referrer, search };
}

/** What stays the same for every message of this page load. */
export function readDevice() {
  return {
    library: { name: '@sluice/browser', version: __VERSION__ },
    locale: navigator.language,
    userAgent: navigator.userAgent,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The utm_ parameters under Segment's names (utm_campaign is `name`), or undefined without any. */
export function readCampaign(search: string): Record<string, string> | undefined {
  let campaign: Record<string, string> | undefined;
  for (const [name, value] of new URLSearchParams(search)) {
    if (name.startsWith('utm_')) campaign = { ...campaign, [name === 'utm_campaign' ? 'name' : name.slice(4)]: value };
  }
  return campaign;
}
