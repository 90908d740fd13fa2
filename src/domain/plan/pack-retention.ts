import { z } from "zod";

/** Part of settings.yaml: after how many days what nobody needs any more is deleted. Histories and the audit are for good. */
export const retentionSchema = z
  .strictObject({
    /** Messages as they came in. A platform sends one again for a day at most, and by these it is known then. */
    inbox: z.int().min(7).max(3650).default(30),
    /** What stands in chats and the console, and the cards of notices that went out; that they did stays. */
    messages: z.int().min(90).max(3650).default(400),
    /** Forms that were opened, codes and sign-ins that are over. */
    tokens: z.int().min(30).max(3650).default(180),
    /** Files handed in for issues, from the end of the issue; those of no issue from when they came. What papers show stays. */
    evidence: z.int().min(365).max(36500).default(3650),
  })
  .prefault({});
