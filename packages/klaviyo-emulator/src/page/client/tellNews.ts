import { byId } from './byId.ts';

let last: { view: string; count: number } | undefined;

/** Tells a screen reader how many rows came, and nothing about times that tick. */
export function tellNews(view: string, count: number): void {
  const more = last?.view === view ? count - last.count : 0;
  last = { view, count };
  if (more > 0) byId('news', HTMLElement).textContent = `${more} more in ${view}.`;
}
