import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg, type NamedUnit } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortDate } from "../src/chat/wording.ts";
import { unknownYears } from "../src/domain/calendar.ts";
import type { Department } from "../src/domain/plan/pack.ts";
import { peopleOfParts } from "../src/issues/audience.ts";
import { issueCard } from "../src/issues/card.ts";
import { giveOut } from "../src/issues/create.ts";
import { dueNote } from "../src/issues/due-note.ts";
import { withSuspects } from "../src/issues/duplicates.ts";
import { issueFacts } from "../src/issues/facts.ts";
import { levels } from "../src/issues/fields.ts";
import { partsOf, ROLE_WORDS, unitName } from "../src/issues/parts.ts";
import { usualDue } from "../src/issues/terms.ts";
import { batchOf, withdrawBatch } from "../src/issues/withdraw-batch.ts";
import type { Place } from "../src/office/office.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Writer } from "../src/store/store.ts";

const toIssue = says("问题");

export { withdrawBatch } from "../src/issues/withdraw-batch.ts";

/** What is said beside a unit for its part. */
const LEADS = ["主办", "牵头", "主责", "负责"].flatMap((word) => [word, `${word}单位`, `${word}部门`]);
const HELPS = ["协办", "配合", "协助"].flatMap((word) => [word, `${word}单位`, `${word}部门`]);
const COPIED = ["抄送", "抄告", "抄报"];

/** 交办：gives a problem to a county, and to a department where one is named, with a deadline. */
export default change({
  name: "assign",
  words: ["交办"],
  hints: ["交办单", "下交办", "交办件", "发个交办", "下个交办"],
  impliedBy: ["due"],
  help: { does: "交办问题", example: "交办 {county} “工地裸土未覆盖” 3个工作日" },
  who: only("交办问题", "office", "supervision"),
  audience: "person",
  form: "交办问题",
  args: z.object({
    county: arg.counties({ hint: "责任地区的简称，几个用顿号隔开" }),
    title: arg.text("问题描述", { hint: "一句话写清问题", maxLength: 200 }),
    due: arg.maybe.deadline("整改期限", {
      hint: "日期或天数，如 2020-06-30、3个工作日；不填按类别或等级",
    }),
    department: arg.maybe.department({ label: "主办部门", hint: "责任部门，可不填", beside: LEADS }),
    helping: arg.maybe.units("协办单位", { hint: "部门或县区，几个用顿号隔开，可不填", beside: HELPS }),
    helpBy: arg.maybe.deadline("协办期限", { hint: "日期或天数；不填同整改期限", formOnly: true }),
    copies: arg.maybe.units("抄送", { hint: "只告知、不办理的部门或县区，可不填", beside: COPIED }),
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

  contradicts({ county, department, helping, copies }, around) {
    const found = partsOf(
      { helping: helping as readonly NamedUnit[], copies: copies as readonly NamedUnit[] },
      {
        regionIds: ((county ?? []) as readonly Place[]).map(
          (place) => around.office.heirOf(place, around.today).id,
        ),
        departmentId: (department as Department | undefined)?.id ?? null,
      },
      around,
    );
    return isRefusal(found) ? found : null;
  },

  async answer({ args, person }, context) {
    const { office, today } = context;
    const {
      county,
      title,
      department,
      helping,
      copies,
      helpBy,
      level,
      source,
      batch,
      category,
      town,
      place,
      requirement,
    } = args;
    const regions = [...new Set(county.map((place) => office.heirOf(place, today)))];
    const due = args.due ?? usualDue({ category, level }, office, today);
    if (due === null) {
      return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
    }
    if (Temporal.PlainDate.compare(due, today) < 0)
      return refuse("bad-date", `整改期限${shortDate(due)}已经过去，请写今天以后的日期。`);
    if (
      helpBy &&
      (Temporal.PlainDate.compare(helpBy, today) < 0 || Temporal.PlainDate.compare(helpBy, due) > 0)
    )
      return refuse(
        "bad-date",
        `协办期限${shortDate(helpBy)}须在今天以后、整改期限${shortDate(due)}以前，请改写或留空。`,
      );
    if (title.trim().length < 2) return refuse("usage", "问题描述太短，请写清是什么问题。");

    // What is given to several counties in one breath is one batch, each county's issue its own.
    const together = regions.length > 1 ? `${shortDate(today)} ${title}`.slice(0, 50) : null;
    const parts = partsOf(
      { helping, copies, helpBy },
      { regionIds: regions.map(({ id }) => id), departmentId: department?.id ?? null },
      { office, today },
    );
    if (isRefusal(parts)) return parts;
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
      given.push({ region, ...(await giveOut(problem, person, context, { parts })) });
    }
    const note = dueNote(due, office);
    const holiday = note === null ? "" : `；${note}`;
    const unknown = given.length > 1 ? unknownYears(office.calendar, [due]) : null;
    const notes = given.map(({ region, told, helped }) =>
      told.length > 0
        ? `已通知${[...told, ...helped].map((p) => p.name).join("、")}${holiday}`
        : `${region.short}还没有联络员绑定，请尽快邀请并电话通知${holiday}`,
    );
    const unheard = [];
    for (const part of parts)
      if ((await peopleOfParts([part], context)).length === 0)
        unheard.push(`${unitName(part, context)}还没有联络员绑定，请电话通知${ROLE_WORDS[part.role]}`);
    notes.push(...unheard);
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
    buttons: [
      ...facts.map((f) => toIssue(`看 ${f.no}`, f.no)),
      withdrawBatch.button(batchOf(issues), { style: "danger" }),
    ],
    audit: { issues: facts.map((f) => f.no) },
    facts: { issues: facts },
  };
}
