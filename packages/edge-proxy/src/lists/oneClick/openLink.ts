import { ledgerSecret } from '../../consent/ledgerSecret.ts';
import type { LedgerKeys } from '../../settings.ts';
import { IV_BYTES, LINK_TTL_MS } from './limits.ts';
import type { Link, PackedLink } from './link.ts';
import { linkKey } from './linkKey.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type OpenedLink = { ok: true; link: Link } | { ok: false; reason: 'broken' | 'expired' };

const BROKEN: OpenedLink = { ok: false, reason: 'broken' };

/** Reads a token; what was not made by us, or was changed since, is broken. */
export async function openLink(
  token: string,
  { ledgerKeys, nowMs }: { ledgerKeys: LedgerKeys; nowMs: number },
): Promise<OpenedLink> {
  const [, version, text] = /^(.*)~([\w-]+)$/s.exec(token) ?? [];
  if (version === undefined || text === undefined || !Object.hasOwn(ledgerKeys.keys, version)) return BROKEN;
  let packed: PackedLink;
  try {
    const bytes = fromBase64Url(text);
    const iv = bytes.subarray(0, IV_BYTES);
    const key = await linkKey(ledgerSecret(ledgerKeys, version));
    const how = { name: 'AES-GCM', iv, additionalData: encoder.encode(version) };
    packed = JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, key, bytes.subarray(IV_BYTES))));
  } catch {
    // Web Crypto throws for every text that is not of this key: whoever tries learns no more than that.
    return BROKEN;
  }
  const [account, source, channel, address, list, issuedAtSeconds] = packed;
  const issuedAtMs = issuedAtSeconds * 1000;
  if (issuedAtMs + LINK_TTL_MS <= nowMs) return { ok: false, reason: 'expired' };
  return { ok: true, link: { account, source, channel, address, list, issuedAtMs } };
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
