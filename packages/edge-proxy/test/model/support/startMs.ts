/** When virtual time begins. */
export const START_MS = Date.UTC(2026, 10, 27, 8);
