/** What a form's field holds; the forms are part of the page's frame, so that each field asked for is there. */
export function readField(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
