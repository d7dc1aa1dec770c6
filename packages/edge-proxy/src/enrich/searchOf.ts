/** The query of an address, with its question mark; empty where there is none. */
export function searchOf(url = ''): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : (url.slice(start).split('#', 1)[0] ?? '');
}
