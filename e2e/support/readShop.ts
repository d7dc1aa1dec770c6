const START = ['/', '/products/harbour-mug', '/cart', '/checkout', '/thanks', '/config.js'];
/** What a page or a module names: `src="…"`, `href="…"`, `from '…'`, `import('…')`, `import '…'`. */
const NAMED = /(?:src|href)="([^"#]+)"|(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every page, script and style that the shop serves, as far as they name each other. */
export async function readShop(url: string): Promise<string[]> {
  const seen = new Map<string, string>();
  const open = START.map((path) => new URL(path, url).href);
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next) || new URL(next).origin !== url) continue;
    const response = await fetch(next);
    const text = await response.text();
    seen.set(next, `${next} ${JSON.stringify([...response.headers])} ${text}`);
    for (const [, attribute, module] of text.matchAll(NAMED)) open.push(new URL(attribute ?? module ?? '', next).href);
  }
  return [...seen.values()];
}
