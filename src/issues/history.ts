// Entries of an issue's history that are no steps of the loop.

/** Of an issue that goes on: its text is the number of the one that has become part of it. */
export const ABSORBED = "并入";

/** Of an issue whose description an import has corrected: its text says what was there before. */
export const CORRECTED = "更正";
