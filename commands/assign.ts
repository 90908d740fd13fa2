import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortDate } from "../src/chat/wording.ts";
import { unknownYears } from "../src/domain/calendar.ts";
import { issueCard } from "../src/issues/card.ts";
import { giveOut } from "../src/issues/create.ts";
import { withSuspects } from "../src/issues/duplicates.ts";
import { issueFacts } from "../src/issues/facts.ts";
import { levels } from "../src/issues/fields.ts";
import { usualDue } from "../src/issues/terms.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Writer } from "../src/store/store.ts";

const toIssue = says("问题");

/** 交办：gives a problem to a county, and to a department where one is named, with a deadline. */
export default change({
  name: "assign",
  words: ["交办"],
  hints: ["交办单", "下交办", "交办件", "发个交办", "下个交办"],
  impliedBy: ["due"],
  help: { does: "交办问题", example: "交办 {county} “工地裸土未覆盖” 3个工作日" },
  who: only("交办问题", "office", "supervision"),
  form: "交办问题",
  args: z.object({
    county: arg.counties({ hint: "责任地区的简称，几个用顿号隔开" }),
    title: arg.text("问题描述", { hint: "一句话写清问题", maxLength: 200 }),
    due: arg.maybe.deadline("整改期限", {
      hint: "日期或天数，如 2020-06-30、3个工作日；不填按类别或等级",
    }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    level: arg.choice("问题等级", levels, { otherwise: "一般" }),
    source: arg.choice(
      "问题来源",
      { 部门督查: "部门督查", 上级交办: "上级交办", 第三方协查: "第三方协查" },
      { otherwise: "部门督查" },
    ),
    batch: arg.maybe.text("批次", { hint: "如 省第3批，可不填", maxLength: 50, formOnly: true }),
    category: arg.maybe.category({ hint: "可不填" }),
    town: arg.maybe.text("属地镇街", { maxLength: 50, formOnly: true }),
    place: arg.maybe.text("地点", { hint: "点位或企业", maxLength: 100, formOnly: true }),
    requirement: arg.maybe.longtext("整改要求", { maxLength: 500, formOnly: true }),
  }),

  usual({ category, level = "一般" }, { office, today }) {
    const due = usualDue({ category: category as string | undefined, level: level as string }, office, today);
    return due === null ? {} : { due };
  },

  async answer({ args, person }, context) {
    const { office, today } = context;
    const { county, title, department, level, source, batch, category, town, place, requirement } = args;
    const regions = [...new Set(county.map((place) => office.heirOf(place, today)))];
    const due = args.due ?? usualDue({ category, level }, office, today);
    if (due === null) {
      return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
    }
    if (Temporal.PlainDate.compare(due, today) < 0)
      return refuse("bad-date", `整改期限${shortDate(due)}已经过去，请写今天以后的日期。`);
    if (title.trim().length < 2) return refuse("usage", "问题描述太短，请写清是什么问题。");

    // What is given to several counties in one breath is one batch, each county's issue its own.
    const together = regions.length > 1 ? `${shortDate(today)} ${title}`.slice(0, 50) : null;
    const given = [];
    for (const region of regions) {
      const problem = {
        title,
        source,
        level,
        category: category ?? null,
        batch: batch ?? together,
        town: town ?? null,
        place: place ?? null,
        requirement: requirement ?? null,
        regionId: region.id,
        departmentId: department?.id ?? null,
        due,
      };
      given.push({ region, ...(await giveOut(problem, person, context)) });
    }
    const holiday = office.calendar.isWorkingDay(due) ? "" : `；期限${shortDate(due)}是休息日，请留意`;
    const unknown = given.length > 1 ? unknownYears(office.calendar, [due]) : null;
    const notes = given.map(({ region, told }) =>
      told.length > 0
        ? `已通知${told.map((p) => p.name).join("、")}${holiday}`
        : `${region.short}还没有联络员绑定，请尽快邀请并电话通知${holiday}`,
    );
    const [first] = given;
    if (first !== undefined && given.length === 1) {
      const card = await issueCard(first.issue, person, context, { title: `已交办${first.region.short}` });
      const blocks = [...card.blocks, { kind: "note" as const, text: notes.join("；") }];
      return withSuspects({ ...card, blocks }, first.issue, context);
    }
    return batchCard(
      given.map(({ issue }) => issue),
      unknown === null ? notes : [...notes, unknown],
      context,
    );
  },
});

/** What several counties were given together. */
function batchCard(
  issues: readonly Issue[],
  notes: readonly string[],
  { office, today }: Context<Writer>,
): Card {
  const facts = issues.map((issue) => issueFacts(issue, [], { office, today }));
  return {
    title: `已交办${facts.map((f) => f.county).join("、")}各1件`,
    blocks: [
      {
        kind: "table",
        columns: [{ title: "编号" }, { title: "地区" }, { title: "问题" }, { title: "期限" }],
        rows: facts.map((f) => [f.no, f.county, f.title, shortDate(f.due)]),
      },
      { kind: "note", text: notes.join("；") },
    ],
    buttons: facts.map((f) => toIssue(`看 ${f.no}`, f.no)),
    audit: { issues: facts.map((f) => f.no) },
    facts: { issues: facts },
  };
}
