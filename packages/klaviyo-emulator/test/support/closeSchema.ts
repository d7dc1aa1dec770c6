export interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
}

const STRUCTURE = ['data', 'type', 'id', 'attributes', 'links', 'self'];

/**
 * The schema with every object closed: a published schema that ignores unknown keys would also pass an answer that was
 * made up. Objects without named properties, such as custom properties, stay open.
 */
export function closeSchema(schema: Schema, sparse = false): Schema {
  const { allOf = [], ...own } = schema;
  const { properties, items, anyOf, required = [], ...rest } = [own, ...allOf].reduce(merge);
  const members = Object.entries(properties ?? {}).map(([name, member]) => {
    // The subset keeps only type and id of included resources, on purpose.
    return [name, name === 'included' ? member : closeSchema(member, sparse)] as const;
  });
  return {
    ...rest,
    // Where a request names the fields it wants, the others are absent; data and its type and id never are.
    required: sparse ? required.filter((name) => STRUCTURE.includes(name)) : required,
    ...(properties && { properties: Object.fromEntries(members), additionalProperties: false }),
    ...(items && { items: closeSchema(items, sparse) }),
    ...(anyOf && { anyOf: anyOf.map((each) => closeSchema(each, sparse)) }),
  };
}

/** One schema for what must fit both; Klaviyo's document splits an object's attributes over two. */
function merge(a: Schema, b: Schema): Schema {
  const properties = { ...a.properties };
  for (const [name, member] of Object.entries(b.properties ?? {})) {
    const other = properties[name];
    properties[name] = other ? merge(other, member) : member;
  }
  const named = Object.keys(properties).length > 0 ? { properties } : {};
  return { ...a, ...b, ...named, required: [...new Set([...(a.required ?? []), ...(b.required ?? [])])] };
}
