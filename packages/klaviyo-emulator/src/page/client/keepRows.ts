import { make } from './make.ts';

export interface Row<T> {
  key: string;
  data: T;
}

const prints = new WeakMap<Element, string>();
/** What each container was last filled for: only what joins it later is news. */
const filled = new WeakMap<Element, string>();

/** Shows rows in their order. What did not change keeps its element, and with it focus, scroll and what was opened. */
export function keepRows<T>(
  container: HTMLElement,
  rows: Row<T>[],
  how: { build: (data: T) => HTMLElement; empty: string; of?: string },
): void {
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
    else if (filled.get(container) === (how.of ?? '')) element.classList.add('fresh');
    return element;
  });
  if (wanted.length === 0) wanted.push(container.querySelector(':scope > .empty') ?? make('p', { class: 'empty' }));
  if (rows.length === 0 && wanted[0]) wanted[0].textContent = how.empty;
  filled.set(container, how.of ?? '');
  place(container, wanted);
  if (focus && !container.contains(document.activeElement)) restoreFocus(wanted, focus);
}

const keyOf = (element: Element | null) => element?.getAttribute('data-key') ?? '';

/** Moves only what stands elsewhere: an element that is taken out and put back loses focus and its animation. */
function place(container: Element, wanted: Element[]): void {
  const staying = new Set(wanted);
  for (const element of [...container.children]) if (!staying.has(element)) element.remove();
  let next = container.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else container.insertBefore(element, next);
  }
}

function openAgain(old: Element, element: Element): void {
  const open = new Set([...old.querySelectorAll<HTMLElement>('details[open]')].map(({ dataset }) => dataset.name));
  for (const each of element.querySelectorAll('details')) if (open.has(each.dataset.name)) each.open = true;
}

function noteFocus(container: Element) {
  const active = document.activeElement;
  const row = active?.closest('[data-key]');
  if (!active || !row || !container.contains(row)) return undefined;
  return { key: keyOf(row), name: active.closest('[data-name]')?.getAttribute('data-name') };
}

/** To the same control of the rebuilt row, else to its first, else to the content: never to the top of the page. */
function restoreFocus(rows: Element[], { key, name }: { key: string; name?: string | null | undefined }): void {
  const row = rows.find((each) => keyOf(each) === key);
  const named = name && row?.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`);
  const same = named instanceof HTMLDetailsElement ? named.querySelector('summary') : named;
  const first = row?.matches('button') ? row : row?.querySelector('h2[tabindex], button, summary');
  const target = same || first || document.getElementById('main');
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
