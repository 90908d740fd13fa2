import { z } from "zod";
import type { DepartmentId } from "../ids.ts";

// Part of settings.yaml: night permits and dustfall, what the plan leaves to the office.

const departmentId: z.ZodType<DepartmentId, string> = z.string().min(1);

export const nightWorkSchema = z
  .strictObject({
    /** Departments that grant permits, beside the office. */
    grantedBy: z.array(departmentId).default([]),
    /** The longest that one may be granted for, days. */
    mostDays: z.int().min(1).max(366).default(31),
    /** New permits in a county whose dustfall is over: refused, or only with the office's agreement. */
    over: z.enum(["refuse", "agree"]).default("refuse"),
    /** Words of a basis that can't wait: the office may grant those even then. */
    always: z.array(z.string().min(2)).default(["抢修", "抢险"]),
    /** On this working day the office is asked for the dustfall of the month before, where it isn't there. */
    dustfallByWorkingDay: z.int().min(1).max(20).default(10),
    /** The check of haulage that a county is given whose dustfall is over: working days, and the kind of problem. */
    haulage: z
      .strictObject({ days: z.int().min(1).max(60).default(10), category: z.string().min(1).optional() })
      .prefault({}),
  })
  .prefault({});
