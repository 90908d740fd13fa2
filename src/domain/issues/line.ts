import { z } from "zod";

/**
 * Id under which a line of an issue's history is stored: a step's, a note's, or that of the clock's entry that was a rung.
 * Never the word that is shown, so that a step may be called otherwise tomorrow.
 */
export const lineId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "an id has lower-case Latin letters, digits and hyphens")
  .brand<"line">();
export type LineId = z.output<typeof lineId>;
