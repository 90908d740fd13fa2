import { z } from "zod";
import type { TimeOfDay } from "../time-of-day.ts";

// Part of settings.yaml: when the plan's meetings are proposed, and what they are usually about.

/** `most`: the last working day that each month, or quarter, is sure to have. */
const meetingSchema = (most: 15 | 20, usual: { proposeOn: number; meetOn: number; name: string }) =>
  z
    .strictObject({
      /** What invitations call it: 空气质量月度会商会. */
      name: z.string().min(2).default(usual.name),
      /** The working day on which the office is asked to call it, and the one that is proposed for it. */
      proposeOn: z.int().min(1).max(most).default(usual.proposeOn),
      meetOn: z.int().min(1).max(most).default(usual.meetOn),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "须是钟点，例如 09:30")
        .transform((text) => text as TimeOfDay)
        .default("09:30"),
      place: z.string().min(1).optional(),
      agenda: z
        .array(z.string().min(1))
        .min(1)
        .default(["通报空气质量形势", "研判后期趋势", "研究重点问题和下步工作"]),
      /** Working days before it on which its material is prepared, and on which units that haven't answered are reminded. */
      materialBefore: z.int().min(1).default(2),
      remindBefore: z.int().min(1).default(1),
    })
    .refine(({ proposeOn, meetOn }) => proposeOn < meetOn, {
      path: ["meetOn"],
      message: "须在 proposeOn 之后",
    })
    .prefault({});

export const meetingsSchema = z.strictObject({
  "monthly-consultation": meetingSchema(15, { proposeOn: 3, meetOn: 6, name: "空气质量月度会商会" }),
  "quarterly-review": meetingSchema(20, { proposeOn: 5, meetOn: 10, name: "大气污染防治季度点评会" }),
});
export type MeetingSetting = z.infer<typeof meetingsSchema>[keyof z.infer<typeof meetingsSchema>];
