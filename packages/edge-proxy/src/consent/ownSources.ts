/** Sources of the ledger's entries that stand in no configuration: its ids have no colon. */

/** What a person told Klaviyo itself. */
export const KLAVIYO_READ = 'klaviyo:read';
/** An operator's import of earlier consent. */
export const OPERATOR_IMPORT = 'operator:import';
