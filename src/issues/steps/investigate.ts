import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 登记调查: who looked into it when, and what they found. Without it nothing goes to discipline inspection. */
export default step({
  id: "investigate",
  words: { name: "登记调查", done: "调查", told: "已登记调查" },
  from: [...UNIT_ACTS, "submitted", "reviewing"],
  to: "stay",
  by: ASSIGNERS,
  needs: { text: "reason" },
  form: z.object({
    people: arg.text("调查人", { hint: "姓名和单位，几人用顿号隔开", maxLength: 100, called: ["调查人"] }),
    on: arg.date("调查日期", { hint: "如 2020-06-10" }),
    text: reason("调查情况", "现场看到什么、问了谁、查明什么"),
  }),
  reads({ people, on, text }, { issue, office, today }) {
    const assigned = office.today(Temporal.Instant.fromEpochMilliseconds(issue.assignedAt));
    if (Temporal.PlainDate.compare(on, today) > 0)
      return refuse("bad-date", `调查日期${longDate(on)}还没有到，请写已经调查的日期。`);
    if (Temporal.PlainDate.compare(on, assigned) < 0)
      return refuse("bad-date", `调查日期早于交办（${longDate(assigned)}），请核对日期。`);
    const [who, findings] = [people.trim(), text.trim()];
    if (who.length < 2) return refuse("usage", "请写明调查人，例如“张三、李四”。");
    if (findings.length < 2) return refuse("usage", "请写明调查情况：看到什么、查明什么。");
    return {
      text: `${longDate(on)}，${who}：${findings}`,
      detail: { people: who, on: on.toString(), findings },
    };
  },
  told: [],
  button: { place: 175, rare: true },
});
