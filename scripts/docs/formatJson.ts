const WIDTH = 110;

/** JSON as a person would write it: what fits into a line stands in one. */
export function formatJson(value: unknown, indent = '', lead = 0): string {
  const inline = toLine(value);
  const isSimple = typeof value !== 'object' || value === null;
  if (isSimple || indent.length + lead + inline.length <= WIDTH) return inline;
  const deeper = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => deeper + formatJson(item, deeper)).join(',\n')}\n${indent}]`;
  const lines = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return deeper + name + formatJson(item, deeper, name.length);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function toLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${toLine(item)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}
