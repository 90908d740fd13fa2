import { z } from "zod";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "只用小写字母、数字和连字符");
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "写成 10-01");

/** What an event's or a season's air is to be: at most so much PM2.5, µg/m³, or at least so many percent of good days. */
export const guaranteeTargetSchema = z.strictObject({
  /** The region whose target it is; absent: the city's. */
  region: slug.optional(),
  metric: z.enum(["pm25-mean", "attainment-rate"]),
  value: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,3}(\.\d)?$/, "最多一位小数")),
});

/** Part of settings.yaml: events whose air is guaranteed, and seasons with targets of their own; the office changes and adds others. */
export const guaranteeSchema = z
  .strictObject({
    id: slug,
    name: z.string().min(2).max(30),
    /** A season of plan.yaml, by one of its names; or the first and the last day, of which the last may lie in the next year. */
    season: z.string().min(2).optional(),
    from: monthDay.optional(),
    to: monthDay.optional(),
    targets: z.array(guaranteeTargetSchema).default([]),
    measures: z.string().min(2).max(500).optional(),
  })
  .refine(
    ({ season, from, to }) =>
      season === undefined ? from !== undefined && to !== undefined : from === undefined && to === undefined,
    "写 season，或者写 from 和 to",
  );

export type GuaranteeTarget = z.infer<typeof guaranteeTargetSchema>;
