/** What one bench found out, ready to be written down. */
export interface BenchResult {
  /** Heading of its document, docs/results/bench-<name>.md. */
  readonly title: string;
  /** What was measured and how, in a paragraph. */
  readonly method: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Figures that miss their target; any of them fails the run. */
  readonly misses: readonly string[];
}

export type Bench = () => Promise<BenchResult>;
