import { readFile } from 'node:fs/promises';

export interface PageContent {
  /** Name of the file in `pages/`, and of the module in `public/js/pages/` that belongs to it. */
  name: string;
  /** What the page is called in its page view. */
  label: string;
  /** What stands before the shop's name in the browser's title bar. */
  title?: string;
  inspectUrl: string;
  /** Origin of the proxy, which serves the SDK. */
  endpoint: string;
  /** Texts for the `{{name}}` places of the page; they are escaped. */
  texts?: Record<string, string>;
  /** Finished HTML for the `<!-- slot:name -->` places of the page. */
  slots?: Record<string, string>;
}

/** Puts a page of `pages/` into the frame that all pages share. Files are read anew each time: edit and reload. */
export async function renderPage({
  name,
  label,
  title = label,
  inspectUrl,
  endpoint,
  texts = {},
  slots = {},
}: PageContent): Promise<string> {
  const main = fill(await readPart(name), texts, slots);
  const inspect = inspectUrl ? fill(await readPart('inspect'), { inspectUrl }) : '';
  return fill(await readPart('frame'), { title: `${title} – Ebbware`, label, name, endpoint }, { main, inspect });
}

export function readPart(name: string): Promise<string> {
  return readFile(new URL(`./pages/${name}.html`, import.meta.url), 'utf8');
}

/** Fills a template. A name without a value is a mistake in the template, so it throws. */
export function fill(template: string, texts: Record<string, string>, slots: Record<string, string> = {}): string {
  const pick = (from: Record<string, string>, name: string) => {
    const value = from[name];
    if (value === undefined) throw new Error(`The template names "${name}", which has no value.`);
    return value;
  };
  return template.replace(/\{\{(\w+)\}\}|<!-- slot:(\w+) -->/g, (_, text: string | undefined, slot: string) =>
    text ? escapeHtml(pick(texts, text)) : pick(slots, slot),
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
