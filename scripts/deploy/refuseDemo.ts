import type { Config } from '@sluice/shared';

/** Throws where a source still has the demo's key or origins: with those any machine could send events as the shop. */
export function refuseDemo({ sources }: Config): void {
  for (const source of sources) {
    if (source.kind !== 'public') continue;
    if (source.writeKey === 'wk_demo')
      throw new Error(`sluice.config.jsonc: give the source "${source.id}" a write key of its own.`);
    const local = source.origins.filter(isLocal);
    if (local.length > 0)
      throw new Error(
        `sluice.config.jsonc: "${source.id}" still has the origins ${local.join(', ')}; put the shop's in their place.`,
      );
  }
}

function isLocal(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(new URL(origin).hostname);
}
