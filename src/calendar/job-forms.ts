import { z } from "zod";
import { arg } from "../chat/args.ts";

/** What the office says when it pauses a job, moves one of its slots or sends that now. */
export const pauseForm = z.object({
  until: arg.maybe.date("暂停到（含当天）", { hint: "不填，到恢复为止" }),
  reason: arg.longtext("原因"),
});
export const moveForm = z.object({
  to: arg.text("改到", { maxLength: 30, hint: "例如“6月23日10时”" }),
  reason: arg.longtext("原因"),
});
export const runForm = z.object({ reason: arg.longtext("原因") });
