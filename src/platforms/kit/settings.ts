import { z } from "zod";

/** A variable of the environment; `null` where it isn't set or is empty. */
export const variable = z
  .string()
  .trim()
  .transform((value) => (value === "" ? null : value))
  .nullable()
  .default(null);
