import { z } from "zod";

/** Chosen by the page, so that a request repeated after a lost answer is recognised. */
const requestId = z.string().regex(/^[\w-]{1,64}$/);
/** As it came: `z.record` would drop a field called `__proto__`, and what nobody knows is refused by its name. */
const fill = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([name, said]) => /^.{1,64}$/s.test(name) && typeof said === "string" && said.length <= 8000,
    ),
);

export const messagesQuery = z.object({ before: z.coerce.number().int().positive().optional() });
export const personaBody = z.strictObject({ id: z.int().positive().nullable() });
export const sayBody = z.strictObject({
  id: requestId,
  text: z.string().trim().min(1).max(4000),
  fill: fill.optional(),
});
/** What stands in the input, while it is being typed. */
export const hintBody = z.strictObject({ text: z.string().max(4000) });
export const pressBody = z.strictObject({
  id: requestId,
  token: z.string().min(1).max(256),
  fill,
  form: requestId.optional(),
});
/** The parts of a sent file besides its bytes. */
export const fileBody = z.strictObject({
  id: requestId,
  file: z.instanceof(File),
  caption: z.string().trim().max(4000).default(""),
  /** Chosen by the page for files that are sent together. */
  album: requestId.optional(),
});
export const clockBody = z.union([
  z.strictObject({ set: z.iso.datetime({ local: true, precision: -1 }) }),
  z.strictObject({ advance: z.iso.duration() }),
]);
