import { z } from "zod";

/** Part of settings.yaml: 点位长巡查, of which the plan says that it is regular and nothing more. */
export const patrolsSchema = z
  .strictObject({
    /** How often a week each station that has a chief is patrolled. */
    perWeek: z.int().min(1).max(14).default(1),
    /** The first day that counts; absent: patrols are kept, and none is missed. */
    from: z.iso.date().optional(),
  })
  .prefault({});
