const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

interface TcChange {
  version?: number;
  cmpId?: number;
  purposeOneTreatment?: boolean;
  /** How often the string names all 65,535 vendors. */
  allVendors?: number;
}

/** A TC string that consents to these purposes, written bit by bit from IAB's "TC string, core segment". */
export function tcString(purposes: number[], change: TcChange = {}): string {
  const { version = 2, cmpId = 10, purposeOneTreatment = false, allVendors = 0 } = change;
  const consents = Array.from({ length: 24 }, (_, index) => (purposes.includes(index + 1) ? '1' : '0')).join('');
  const ranges = `1${bits(1, 16)}${bits(65_535, 16)}`.repeat(allVendors);
  const core = [
    bits(version, 6),
    // Created, updated; the CMP, its version and screen; its language, the vendor list, the policy's version.
    ...[bits(17_000_000_000, 36), bits(17_000_000_000, 36)],
    ...[bits(cmpId, 12), bits(1, 12), bits(1, 6)],
    ...[bits(4, 6), bits(13, 6), bits(150, 12), bits(4, 6)],
    // For this site alone; no texts of its own; no special features; no legitimate interests; Germany.
    `10${bits(0, 12)}${consents}${bits(0, 24)}${purposeOneTreatment ? 1 : 0}${bits(3, 6)}${bits(4, 6)}`,
    allVendors > 0 ? `${bits(65_535, 16)}1${bits(allVendors, 12)}${ranges}` : bits(0, 17),
    bits(0, 17 + 12),
  ].join('');
  const sixes = core.match(/.{1,6}/g) ?? [];
  return sixes.map((six) => ALPHABET[Number.parseInt(six.padEnd(6, '0'), 2)]).join('');
}

function bits(value: number, length: number): string {
  return value.toString(2).padStart(length, '0');
}
