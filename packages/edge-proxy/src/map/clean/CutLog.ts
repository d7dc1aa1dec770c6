/** What was cut off a message to fit Klaviyo's limits: where (the keys that lead there) and why. Never a value. */
export interface CutLog {
  /** Where the cleaning stands. */
  path: string[];
  cuts: Cut[];
}

export interface Cut {
  path: string;
  reason: string;
}

export function openCutLog(): CutLog {
  return { path: [], cuts: [] };
}

/** Notes a cut where the cleaning stands. */
export function noteCut({ path, cuts }: CutLog, reason: string): void {
  cuts.push({ path: path.join('.'), reason });
}
