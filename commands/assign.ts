import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg, type NamedUnit } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { dateSeenOn, shortDate } from "../src/chat/wording.ts";
import { dueDate, type TermGiven } from "../src/domain/deadline-words.ts";
import type { Department, Region } from "../src/domain/plan/pack.ts";
import { peopleOfParts } from "../src/issues/audience.ts";
import { issueCard } from "../src/issues/card.ts";
import { giveOut, type NewIssue } from "../src/issues/create.ts";
import { withSuspects } from "../src/issues/duplicates.ts";
import { issueFacts } from "../src/issues/facts.ts";
import { levels } from "../src/issues/fields.ts";
import { partsOf, ROLE_WORDS, unitName } from "../src/issues/parts.ts";
import { dueRemark, termRemark, usualDue } from "../src/issues/terms.ts";
import { batchOf, withdrawBatch } from "../src/issues/withdraw-batch.ts";
import type { Place } from "../src/office/office.ts";
import type { IssuePart } from "../src/store/issue-units.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

const toIssue = says("问题");
const who = only("交办问题", "office", "supervision");

export { withdrawBatch } from "../src/issues/withdraw-batch.ts";

/** What is said beside a unit for its part. */
const LEADS = ["主办", "牵头", "主责", "负责"].flatMap((word) => [word, `${word}单位`, `${word}部门`]);
const HELPS = ["协办", "配合", "协助"].flatMap((word) => [word, `${word}单位`, `${word}部门`]);
const COPIED = ["抄送", "抄告", "抄报"];

/** 交办：gives a problem to a county, and to a department where one is named, with a deadline. */
const assign = change({
  name: "assign",
  words: ["交办"],
  hints: ["交办单", "下交办", "交办件", "发个交办", "下个交办"],
  impliedBy: ["due"],
  help: { does: "交办问题", example: "交办 {county} “工地裸土未覆盖” 3个工作日" },
  mechanism: "assignment-loop",
  who,
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

  async instead({ args, person }, context) {
    const order = orderOf(args, context);
    if (isRefusal(order)) return null;
    const before = await givenJustNow(order, person, context);
    return before.length === 0 ? null : askAgain(order, before, context);
  },

  async answer({ args, person }, context) {
    const order = orderOf(args, context);
    if (isRefusal(order)) return order;
    const [before] = await givenJustNow(order, person, context);
    // Two messages at once: neither saw the other's issue when it was asked.
    if (before !== undefined)
      return refuse("already-done", `刚交办过同样的问题：${before.no}。`, [`问题 ${before.no}`]);
    return give(order, person, context);
  },
});

type Args = Parameters<typeof assign.answer>[0]["args"];
type Order = Omit<NewIssue, "regionId"> & {
  regions: readonly Region[];
  source: string;
  level: string;
  parts: readonly IssuePart[];
};

/** What an order comes to, or why it can't be given. */
function orderOf(args: Args, { office, today }: Pick<Context<Reader>, "office" | "today">): Order | Refusal {
  const { county, title, department, level, source, batch, category, town, place, requirement } = args;
  const { helping, copies, helpBy } = args;
  const due = args.due ?? usualDue({ category, level }, office, today);
  if (due === null)
    return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
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
  const regions = [...new Set(county.map((place) => office.heirOf(place, today)))];
  // What is given to several counties in one breath is one batch, each county's issue its own.
  const together = regions.length > 1 ? `${shortDate(today)} ${title}`.slice(0, 50) : null;
  const parts = partsOf(
    { helping, copies, helpBy },
    { regionIds: regions.map(({ id }) => id), departmentId: department?.id ?? null },
    { office, today },
  );
  if (isRefusal(parts)) return parts;
  return {
    regions,
    parts,
    title,
    source,
    level,
    category: category ?? null,
    batch: batch ?? together,
    town: town ?? null,
    place: place ?? null,
    requirement: requirement ?? null,
    departmentId: department?.id ?? null,
    due,
  };
}

/** Gives an order out, to each county its own issue. */
async function give(
  { regions, parts, ...problem }: Order,
  person: Person,
  context: Context<Writer>,
): Promise<Card> {
  const given = [];
  for (const region of regions)
    given.push({
      region,
      ...(await giveOut({ ...problem, regionId: region.id }, person, context, { parts })),
    });
  const notes = given.map(({ region, told, helped }) =>
    told.length > 0
      ? `已通知${[...told, ...helped].map((p) => p.name).join("、")}`
      : `${region.short}还没有联络员绑定，请尽快邀请并电话通知`,
  );
  for (const part of parts)
    if ((await peopleOfParts([part], context)).length === 0)
      notes.push(`${unitName(part, context)}还没有联络员绑定，请电话通知${ROLE_WORDS[part.role]}`);
  const remark = dueRemark(problem.due, context) ?? termRemark(problem.due, context);
  if (remark !== null) notes.push(remark);
  // On one issue's card it stands already.
  if (given.length > 1) notes.push(...unknownYearNote([problem.due], context.office).map(({ text }) => text));
  const [first] = given;
  if (first !== undefined && given.length === 1) {
    const card = await issueCard(first.issue, person, context, { title: `已交办${first.region.short}` });
    const blocks = [...card.blocks, { kind: "note" as const, text: notes.join("；") }];
    return withSuspects({ ...card, blocks }, first.issue, context);
  }
  return batchCard(
    given.map(({ issue }) => issue),
    notes,
    context,
  );
}

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
        rows: facts.map((f) => [f.no, f.county, f.title, dateSeenOn(today, f.due)]),
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

export default assign;

/** The same order within so long may be one that was sent twice. */
const JUST_NOW_MS = 60_000;

/** What this person has given out just now in the same words. */
async function givenJustNow(
  { regions, title, due, level, departmentId }: Order,
  person: Person,
  { store, now }: Pick<Context<Reader>, "store" | "now">,
): Promise<Issue[]> {
  const at = now.epochMilliseconds;
  const ids = regions.map(({ id }) => id);
  const recent = await store.issues.givenOutBetween(at - JUST_NOW_MS, at, ids);
  const found = [];
  for (const { id } of recent.filter((row) => row.title === title)) {
    const issue = await store.issues.byId(id);
    const isSame =
      issue?.due === due.toString() && issue.level === level && issue.departmentId === departmentId;
    if (issue && isSame && issue.createdBy === person.id) found.push(issue);
  }
  return found;
}

/** Asked instead of giving it out a second time. */
function askAgain(order: Order, before: readonly Issue[], { office }: Pick<Context<Reader>, "office">): Card {
  const nos = before.map(({ no }) => no);
  const { regions, due, parts, ...problem } = order;
  const said = Object.entries(problem).filter(([, value]) => value !== null && value !== undefined);
  const params = {
    ...Object.fromEntries(said as [string, string][]),
    regions: regions.map(({ id }) => id).join(" "),
    due: due.toString(),
    ...(due.term === undefined ? {} : { term: JSON.stringify(due.term) }),
    parts: JSON.stringify(parts),
    after: Math.max(...before.map(({ id }) => id)),
  };
  return {
    title: "刚交办过同样的问题，没有再交办",
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `1分钟内已交办${regions.map(({ id }) => office.region(id).short).join("、")}“${order.title}”：${nos.join("、")}。确是另一件的，请按“再交办一件”。`,
      },
    ],
    buttons: [giveAgain.button(params as never), ...nos.slice(0, 3).map((no) => toIssue(`看 ${no}`, no))],
    facts: { asks: nos },
  };
}

const maybe = z.string().optional();

/** 再交办一件: the same once more, on purpose. `after` is the newest that its presser was shown. */
export const giveAgain = action({
  name: "assign.again",
  label: "再交办一件",
  params: z.object({
    regions: z.string(),
    title: z.string(),
    due: z.iso.date(),
    term: maybe,
    source: z.string(),
    level: z.string(),
    departmentId: maybe,
    category: maybe,
    batch: maybe,
    town: maybe,
    place: maybe,
    requirement: maybe,
    parts: z.string().default("[]"),
    after: z.int(),
  }),
  fields: z.object({}),
  async press(
    { params: { regions, due, term, parts, after, departmentId = null, ...problem }, person },
    context,
  ) {
    const forbidden = who.check({ person, args: {}, office: context.office, today: context.today });
    if (forbidden !== null) return forbidden;
    const order = {
      ...problem,
      regions: regions.split(" ").map((id) => context.office.region(id)),
      due: dueDate({
        date: Temporal.PlainDate.from(due),
        ...(term === undefined ? {} : { term: JSON.parse(term) as TermGiven }),
      }),
      parts: JSON.parse(parts) as IssuePart[],
      departmentId,
    };
    const newer = (await givenJustNow(order, person, context)).find(({ id }) => id > after);
    return newer === undefined
      ? give(order, person, context)
      : refuse("already-done", `已经再交办一件：${newer.no}。还要再办，请重新发送“交办”。`, [
          `问题 ${newer.no}`,
        ]);
  },
});
