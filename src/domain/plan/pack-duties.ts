import { z } from "zod";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "只用小写字母、数字和连字符");

/**
 * duties.yaml, which a pack may leave out: what the plan asks again and again, and the kinds of things done for it that are
 * recorded one by one.
 */
export const dutySchema = z.strictObject({
  /** The indicator that recurs: its target is of each cycle. */
  indicator: slug,
  /** Who reports it: each county its own, or the measure's lead department for the city. */
  of: z.enum(["county", "department"]),
  /** What the target is of: each month, each quarter, or the whole of a season, over which it grows. */
  cycle: z.enum(["month", "quarter", "season"]),
  /** A season of plan.yaml, by one of its names: the duty is of its days alone. */
  season: z.string().min(2).optional(),
  /** Working day of the next month by which it is to be reported; absent: that of all reports. */
  dueWorkingDay: z.int().min(1).max(20).optional(),
  /** Records of this kind count for it, so that nobody has to report what they have recorded. */
  counts: slug.optional(),
  /** The mechanism that it runs. */
  mechanism: slug.optional(),
});

/** Something that is done now and then and recorded once: who, when, where, and what came of it. */
export const recordKindSchema = z.strictObject({
  id: slug,
  name: z.string().min(2),
  /** What else people call it. */
  aliases: z.array(z.string().min(2)).default([]),
  /** What its result should tell, for the form. */
  asks: z.string().min(2),
  mechanism: slug.optional(),
});

export type StandingDuty = z.infer<typeof dutySchema>;
export type RecordKind = z.infer<typeof recordKindSchema>;
