/**
 * Those of a query's parameters that are looked for, the first of each name. As URLSearchParams reads them, which takes
 * longer than all the rest of enrichment: it is the runtime's, and each question to it leaves the engine.
 */
export function pickParameters(search: string, names: ReadonlySet<string>): Map<string, string> {
  const picked = new Map<string, string>();
  for (const parameter of (search.startsWith('?') ? search.slice(1) : search).split('&')) {
    const end = parameter.indexOf('=');
    const name = decode(end === -1 ? parameter : parameter.slice(0, end));
    if (names.has(name) && !picked.has(name)) picked.set(name, end === -1 ? '' : decode(parameter.slice(end + 1)));
  }
  return picked;
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // It is lenient where the engine is not: "50%" stays.
    return new URLSearchParams(`text=${text}`).get('text') ?? '';
  }
}
