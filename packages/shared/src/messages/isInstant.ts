/** What nearly all clients send, on a day that every month has. */
const USUAL =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/;

/** True for a date-time that `Date.parse` reads, on a day that there is: it would take 31 February for 3 March. */
export function isInstant(text: string): boolean {
  return USUAL.test(text) || (!Number.isNaN(Date.parse(text)) && isRealDay(text));
}

function isRealDay(text: string): boolean {
  const [date, day] = /^\d{4}-\d{2}-(\d{2})/.exec(text) ?? [];
  return date === undefined || new Date(date).getUTCDate() === Number(day);
}
