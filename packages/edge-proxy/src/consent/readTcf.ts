import { TCString } from '@iabtcf/core';
import type { TcfPurposes } from '@sluice/shared';

/** Version 2 up to where it is said how purpose 1 was asked for: bits 0 to 200, in characters of six. */
const HEAD = /^C[\w-]{33}/;
/** No vendors, no restrictions: the fields after that, empty. */
const NO_VENDORS = 'A'.repeat(10);

/**
 * The purposes that a TC string consents to; undefined where it cannot be read. Only its head is decoded: the vendors
 * after it say nothing here, and a few kilobytes of them can name hundreds of millions.
 */
export function readTcf(text: string): TcfPurposes | undefined {
  const head = HEAD.exec(text)?.[0];
  if (head === undefined) return undefined;
  try {
    const { purposeConsents, purposeOneTreatment } = TCString.decode(head + NO_VENDORS);
    // Where the shop's country does not ask for it, its bit is 0 for everybody and no refusal.
    if (purposeOneTreatment) purposeConsents.set(1);
    return purposeConsents;
  } catch {
    // Whatever stood there, it is no reason to lose an event: the other signals decide.
    return undefined;
  }
}
