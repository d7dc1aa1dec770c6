const code = (char: string) => char.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');

/** What a byte of JSON outside of text does to the depth. */
const STEPS = new Int8Array(256);
for (const opening of '{[') STEPS[code(opening)] = 1;
for (const closing of '}]') STEPS[code(closing)] = -1;

/** Whether brackets stand in each other more than `levels` deep in JSON; bytes cost half of what walking its value does. */
export function nestsDeeperThan(json: Uint8Array, levels: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) quoted = !quoted;
    else if (!quoted) depth += STEPS[byte] ?? 0;
    else if (byte === BACKSLASH) at += 1;
    if (depth > levels) return true;
  }
  return false;
}
