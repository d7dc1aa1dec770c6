/** True when a page may set this trait. `first_name` and `firstName` are one trait: they end in the same attribute. */
export function isPublicTrait(trait: string, publicTraits: readonly string[]): boolean {
  return publicTraits.some((name) => toCamelCase(name) === toCamelCase(trait));
}

function toCamelCase(trait: string): string {
  return trait.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
