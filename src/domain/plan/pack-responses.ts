import { z } from "zod";
import type { DepartmentId } from "../ids.ts";
import type { TimeOfDay } from "../time-of-day.ts";

// Part of settings.yaml: what a response to heavy pollution asks of whom, and by when. The office chose all of it; the plan
// names the mechanism alone.

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "须是钟点，例如 09:00")
  .transform((text) => text as TimeOfDay);

const measure = z.strictObject({ measure: z.string().min(2), indicator: z.string().min(2) });

const levelSchema = z
  .strictObject({
    /** What every county does. */
    counties: z.array(z.string().min(2)).default([]),
    /** What departments do, by their ids; who isn't named is ordered nothing. */
    departments: z
      .record(z.string() as z.ZodType<DepartmentId, string>, z.array(z.string().min(2)).min(1))
      .default({}),
    /** What enterprises do, by grade, where the emergency list says nothing of them; `other` for the grades that aren't named. */
    grades: z.record(z.string(), z.array(measure)).default({}),
  })
  .prefault({});
export type ResponseLevelSetting = z.infer<typeof levelSchema>;

export const responsesSchema = z.strictObject({
  /** Hours within which each unit acknowledges, at any hour of any day, and minutes after which who hasn't is reminded. */
  acknowledgeHours: z.int().min(1).default(2),
  remindMinutes: z.int().min(5).default(60),
  /** When counties report while a response runs. */
  reportAt: z.array(timeOfDay).default(["09:00", "16:00"]),
  /** Share of the enterprises under orders that are looked at on the spot, in percent. */
  spotCheckPct: z.int().min(0).max(100).default(10),
  /** Working days after the end within which the summary is due. */
  summaryWorkingDays: z.int().min(1).max(20).default(5),
  alert: z.strictObject({ yellow: levelSchema, orange: levelSchema, red: levelSchema }).prefault({}),
  peakShaving: levelSchema,
});
