import { isObject, type JsonObject } from '../validate/object.ts';

/** Sparse fieldsets: keeps the attributes that `fields[type]` names, dotted paths included. */
export function pickFields<T extends { type: string; attributes: object }>(resource: T, query: URLSearchParams): T {
  const wanted = query.get(`fields[${resource.type}]`);
  if (wanted === null) return resource;
  const attributes = emptyObject();
  for (const path of wanted.split(',')) copyPath({ ...resource.attributes }, attributes, path.split('.'));
  return { ...resource, attributes };
}

function copyPath(from: JsonObject, to: JsonObject, path: readonly string[]): void {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(from, key)) return;
  const value = from[key];
  if (rest.length === 0 || !isObject(value)) {
    to[key] = value;
    return;
  }
  const inner = isObject(to[key]) ? to[key] : emptyObject();
  to[key] = inner;
  copyPath(value, inner, rest);
}

/** Without a prototype: a property may be called `__proto__`, and what is written into it must not reach every object. */
function emptyObject(): JsonObject {
  return Object.create(null);
}
