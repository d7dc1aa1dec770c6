/**
 * A round's phases: `prepare` makes a new job and new decisions; `gate` asks for the job what the ledger says, `parseJob`
 * parses and writes its body; `append` writes decisions one by one and `appendTogether` all at once, `insert` and
 * `insertTogether` the same rows without a ledger.
 */
export type ConsentPhase =
  | ('prepare' | 'gate' | 'parseJob')
  | ('append' | 'insert')
  | ('appendTogether' | 'insertTogether');

/** How much a round does of each. */
export interface ConsentWork {
  /** Of the job. */
  people: number;
  /** How often the job is judged. */
  jobs: number;
  /** Of each way to write them. */
  decisions: number;
}
