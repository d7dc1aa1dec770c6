const DAY_MS = 24 * 3_600_000;
let today = { day: Number.NaN, text: '' };

/** ISO 8601 in UTC, as `toISOString` has it, whose calendar arithmetic would be a twentieth of what delivery costs. */
export function formatTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== today.day) today = { day, text: new Date(day * DAY_MS).toISOString().split('T', 1).join() };
  const inDay = ms - day * DAY_MS;
  const seconds = Math.floor(inDay / 1000);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${today.text}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(inDay % 1000, 3)}Z`;
}

function pad(n: number, digits: number): string {
  return String(n).padStart(digits, '0');
}
