import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { refuse } from "../../chat/refusal.ts";
import { AFRESH, newTerm } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { levels } from "../fields.ts";
import { namedUnit } from "../named-unit.ts";
import { step } from "../step.ts";
import { usualDue } from "../terms.ts";

/** 交办 of a draft: what it still lacks is asked in the form. */
export default step({
  id: "assign",
  words: { name: "交办", told: "有新的交办" },
  from: ["draft"],
  to: "assigned",
  by: ASSIGNERS,
  needs: { due: "deadline" },
  form: z.object({
    county: arg.county({ hint: "责任地区的简称" }),
    title: arg.maybe.text("问题描述", { hint: "不填则用原来的描述", maxLength: 200 }),
    due: arg.maybe.deadline("整改期限", { hint: "日期或天数；不填按类别或等级" }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    helping: arg.maybe.units("协办单位", { hint: "部门或县区，几个用顿号隔开，可不填" }),
    copies: arg.maybe.units("抄送", { hint: "只告知、不办理，可不填" }),
    level: arg.choice("问题等级", levels, { otherwise: "一般" }),
    category: arg.maybe.category({ hint: "可不填" }),
  }),
  reads({ county, title, due: said, department, helping, copies, level, category }, { office, today }) {
    const due = said ?? usualDue({ category, level }, office, today);
    if (due === null)
      return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
    const change = {
      ...namedUnit(county, department, { office, today }),
      ...(title ? { title } : {}),
      level,
      ...(category ? { category } : {}),
    };
    return { due, change, parts: { helping, copies } };
  },
  changes: (_, taken) => ({ ...newTerm(taken), ...AFRESH, assignedAt: taken.at }),
  stamps: ({ by }) => ({ acknowledgedAt: null, assignedBy: by }),
  issues: "order",
  locates: true,
  told: ["unit", "drafter"],
  pictures: true,
  owed: { whom: "市办或督查", what: "交办", asked: "待交办" },
  button: { place: 10, style: "primary" },
});
