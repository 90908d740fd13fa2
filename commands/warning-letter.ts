import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action, withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { monthsOver } from "../src/domain/months.ts";
import type { Names } from "../src/office/names.ts";
import type { Office, Place } from "../src/office/office.ts";
import { namesOfUnit, seesUnit } from "../src/papers/units.ts";
import { letterOfCandidate, warningCandidates } from "../src/papers/warning/candidates.ts";
import { warningsCard } from "../src/papers/warning/card.ts";
import { addWarning, draftWarning, strikeWarning } from "../src/papers/warning/decide.ts";
import { WARNING_FORMS } from "../src/papers/warning/forms.ts";
import type { CandidateUnit } from "../src/store/candidates.ts";

/** 提醒函：whom the office may remind this month, and what the letters have brought about. */
export default command({
  name: "letters",
  words: ["提醒函", "预警提醒函", "不发提醒函"],
  hints: ["预警提醒", "提醒函清单", "提醒函候选", "发过提醒函"],
  help: { does: "看预警提醒函的候选单位，发过的函和下月的变化", example: "提醒函 {month}" },
  mechanism: "warning-letter",
  who: anyone,
  audience: "person",
  args: z.object({
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    period: arg.maybe.period(),
    reason: arg.maybe.text("不发的理由", { behind: "county", maxLength: 300 }),
  }),

  async answer({ args: { county, department, period, reason }, person }, context) {
    const { today } = context;
    const last = today.toPlainYearMonth().subtract({ months: 1 }).toString();
    const span = period === undefined ? { to: last } : monthsOver(period, today);
    if (span === null)
      return refuse("no-data", `${period?.label ?? ""}还没有结束，候选在月后提出。`, ["提醒函"]);
    const unit =
      (county && unitOfPlace(county, context)) ??
      (department ? { regionId: null, departmentId: department.id } : null);
    if (unit !== null && !seesUnit(person, unit, context)) {
      const { short } = namesOfUnit(unit, context);
      return refuse("forbidden", `${short}的提醒函由${short}和市办、市领导、督查查看。`, ["提醒函"]);
    }
    return withReason(await warningsCard(span.to, person, context, { unit }), reason);
  },
});

const params = z.object({ candidate: z.int() });
const ofMonth = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/) });

/** 拟函：the letter to one candidate is drafted, and waits to be checked and signed. */
export const warningConfirm = action({
  name: "warning.confirm",
  label: "拟函",
  params,
  fields: WARNING_FORMS.confirm,
  async press({ params: { candidate }, fields, person }, context) {
    const paper = await draftWarning(candidate, fields, person, context);
    if (isRefusal(paper)) return paper;
    const month = paper.lastDay.slice(0, 7);
    return warningsCard(month, person, context, { title: `已拟提醒函（${paper.id}号文件），待审核` });
  },
});

/** 全部拟函：letters to all candidates of a month that nobody has decided on. */
export const warningDraftAll = action({
  name: "warning.draft-all",
  label: "全部拟函",
  params: ofMonth,
  fields: z.object({}),
  async press({ params: { month }, person }, context) {
    let drafted = 0;
    for (const row of await warningCandidates(context.store, month)) {
      if (row.state !== "proposed" || (await letterOfCandidate(row, context.store)) !== null) continue;
      const paper = await draftWarning(row.id, {}, person, context);
      if (isRefusal(paper)) return paper;
      drafted += 1;
    }
    if (drafted === 0) return refuse("already-done", "这个月的候选都已处理。", ["提醒函"]);
    return warningsCard(month, person, context, { title: `已拟${drafted}封提醒函，待审核` });
  },
});

/** 不发：struck with a reason that stays. */
export const warningStrike = action({
  name: "warning.strike",
  label: "不发",
  params,
  fields: WARNING_FORMS.strike,
  async press({ params: { candidate }, fields: { reason }, person }, context) {
    const row = await strikeWarning(candidate, reason, person, context);
    return isRefusal(row) ? row : warningsCard(row.period, person, context, { title: "已定为不发" });
  },
});

/** 增加单位：a unit that the figures don't propose, with a reason. */
export const warningAdd = action({
  name: "warning.add",
  label: "增加单位",
  params: ofMonth,
  fields: WARNING_FORMS.add,
  async press({ params: { month }, fields: { unit: said, reason }, person }, context) {
    const unit = unitCalled(said.trim(), context);
    if (unit === null) {
      const near = context.names.nearest(said, [
        ...context.names.placeNames,
        ...context.names.departmentNames,
      ]);
      const hint = near.length > 0 ? `您要找的是${near.map((name) => `“${name}”`).join("、")}吗？` : "";
      return refuse("usage", `没有名为“${said}”的县（市、区）或部门。${hint}`);
    }
    const added = await addWarning(unit, month, reason, person, context);
    return isRefusal(added) ? added : warningsCard(month, person, context, { title: "已增加候选单位" });
  },
});

function unitCalled(
  name: string,
  { names, office, today }: { names: Names; office: Office; today: Temporal.PlainDate },
): CandidateUnit | null {
  const place = names.place(name);
  if (place !== null) return unitOfPlace(place, { office, today });
  const department = names.department(name);
  return department === null ? null : { regionId: null, departmentId: department.id };
}

/** A county, or whichever it has become part of; the city is no unit that a letter goes to. */
function unitOfPlace(place: Place, { office, today }: { office: Office; today: Temporal.PlainDate }) {
  const region = office.heirOf(place, today);
  return region.kind === "city" ? null : { regionId: region.id, departmentId: null };
}
