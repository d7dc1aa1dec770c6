import { byId } from './byId.ts';

/** The first match inside an element of the frame, which is there by the same guarantee as in byId. */
export function within(id: string, selector: string): HTMLElement {
  const element = byId(id, HTMLElement).querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`#${id} ${selector} is missing`);
  return element;
}
