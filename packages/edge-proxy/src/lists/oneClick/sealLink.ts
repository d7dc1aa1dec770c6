import { ledgerSecret } from '../../consent/ledgerSecret.ts';
import type { LedgerKeys } from '../../settings.ts';
import { IV_BYTES, LINK_PADDING_BYTES } from './limits.ts';
import type { Link, PackedLink } from './link.ts';
import { linkKey } from './linkKey.ts';

const encoder = new TextEncoder();

/** The token of a link: the version of its key, and what it stands for, encrypted and authenticated together. */
export async function sealLink(link: Link, keys: LedgerKeys): Promise<string> {
  const { account, source, channel, address, list, issuedAtMs } = link;
  const packed: PackedLink = [account, source, channel, address, list, Math.floor(issuedAtMs / 1000)];
  const plain = pad(encoder.encode(JSON.stringify(packed)));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await linkKey(ledgerSecret(keys, keys.current));
  const additionalData = encoder.encode(keys.current);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain));
  // The key's name may hold any character, and the token stands in an address.
  return `${encodeURIComponent(keys.current)}~${toBase64Url(iv)}${toBase64Url(sealed)}`;
}

/** Spaces after JSON say nothing. */
function pad(bytes: Uint8Array): Uint8Array {
  const length = Math.ceil(bytes.byteLength / LINK_PADDING_BYTES) * LINK_PADDING_BYTES;
  const padded = new Uint8Array(length).fill(0x20);
  padded.set(bytes);
  return padded;
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
