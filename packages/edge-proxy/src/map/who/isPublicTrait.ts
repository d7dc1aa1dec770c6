/** The traits of each configuration in one spelling: asked for every trait of every event. */
const spelled = new WeakMap<readonly string[], ReadonlySet<string>>();

/** True when a page may set this trait. `first_name` and `firstName` are one trait: they end in the same attribute. */
export function isPublicTrait(trait: string, publicTraits: readonly string[]): boolean {
  const traits = spelled.get(publicTraits) ?? new Set(publicTraits.map(toCamelCase));
  spelled.set(publicTraits, traits);
  return traits.has(toCamelCase(trait));
}

function toCamelCase(trait: string): string {
  return trait.includes('_') ? trait.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : trait;
}
