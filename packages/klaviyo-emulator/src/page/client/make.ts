interface Props {
  class?: string;
  /** Runs on a click. */
  click?: () => void;
  /** Runs when a `details` opens or closes. */
  toggle?: () => void;
  [attribute: string]: string | number | (() => void) | undefined;
}

/** Makes an element. Children go in as elements or as text: nothing is parsed as HTML, whatever a property says. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  props: Props = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
