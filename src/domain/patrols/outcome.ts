/** What a patrol came to: nothing was found, or something that has become a problem of the ledger. */
export type PatrolOutcome = "clear" | "found";
