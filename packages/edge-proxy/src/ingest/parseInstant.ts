/** `2026-11-23T10:00:00.000Z`, as every SDK in JavaScript writes it. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The day of the latest: those of a batch mostly share one. */
let day = { text: '?', startMs: 0 };

/** `Date.parse` of a text that `isInstant` takes. The engine's own takes longer than all other checks of a message. */
export function parseInstant(text: string): number {
  if (!USUAL.test(text)) return Date.parse(text);
  if (!text.startsWith(day.text)) day = { text: text.slice(0, 10), startMs: Date.parse(text.slice(0, 10)) };
  const minutes = digits(text, 11, 13) * 60 + digits(text, 14, 16);
  return day.startMs + (minutes * 60 + digits(text, 17, 19)) * 1000 + digits(text, 20, 23);
}

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}
