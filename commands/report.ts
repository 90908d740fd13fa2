import { Decimal } from "decimal.js";
import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { plain, shortDate } from "../src/chat/wording.ts";
import { holdsRole } from "../src/domain/posts.ts";
import type { Office } from "../src/office/office.ts";
import { affectedBy, affectedWords, correctButtons, tellAffected } from "../src/papers/affected.ts";
import {
  countingOn,
  isAsked,
  isDecrease,
  isSameTurn,
  mayReport,
  outOfRange,
  wrongReportDay,
} from "../src/plan/reporting.ts";
import { actualWords, indicatorWords, type Task, tasksOf } from "../src/plan/tasks.ts";
import type { Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const toReport = says("填报");
const toSheet = says("填报表");

/** 填报：what a person has to report, each with its form. */
export default command({
  name: "report",
  words: ["填报", "上报"],
  hints: [
    "报一下进度",
    "报一下",
    "报进度",
    "填进度",
    "进度",
    "任务",
    "报数",
    "填报进度",
    "报送",
    "报个进度",
    "填一下",
    "我要填报",
  ],
  help: { does: "填报任务进度", example: "填报 {measure}" },
  who: anyone,
  audience: "person",
  args: z.object({ measure: arg.maybe.measure() }),

  async answer({ args: { measure }, person }, { store, office, today }) {
    const all = await tasksOf(store, office, today, measure ? { measureNo: measure.no } : {});
    const own = all.filter((task) => mayReport(person, task, office, today));
    const mine = own.filter(isAsked);
    if (mine.length === 0) {
      if (measure && own.length > 0)
        return refuse("no-data", `任务${measure.no}现在没有要填报的：已按工作记录计入，或不在填报期。`, [
          "工作记录",
        ]);
      return measure
        ? refuse(
            "forbidden",
            `任务${measure.no}的进度由牵头部门（${measure.lead.map((id) => office.department(id).short).join("、")}）或有分解任务的县（市、区）填报。`,
            ["填报"],
          )
        : refuse("no-data", "您名下没有需要填报的任务。");
    }
    // Without a measure: first what is due, so that the list stays short enough to be worked off.
    const due = measure ? mine : mine.filter((task) => task.standing.level === "灰");
    const shown = (due.length > 0 ? due : mine).slice(0, 10);
    return {
      title: measure
        ? `填报 任务${measure.no} ${measure.title}`
        : due.length > 0
          ? `本期待填报（${due.length}项）`
          : "本期已全部填报",
      blocks: [
        {
          kind: "table",
          columns: [
            { title: "任务" },
            { title: "指标" },
            { title: "目标", align: "end" },
            { title: "上次填报", align: "end" },
            { title: "日期" },
          ],
          rows: shown.map((task) => [
            task.measure.no,
            taskName(task),
            `${task.duty?.asked ? `${task.duty.asked.cycle.label}` : ""}${indicatorWords(task.indicator)}`,
            actualWords(task),
            task.reportedOn === null ? "—" : shortDate(task.reportedOn),
          ]),
        },
        ...(mine.length > shown.length
          ? [
              {
                kind: "note" as const,
                text: `您共有${mine.length}项可填报；发送“填报 任务编号”看其余，例如“填报 ${mine.at(-1)?.measure.no}”`,
              },
            ]
          : []),
        ...unknownYearNote([today], office),
      ],
      buttons: [
        ...shown.map((task) => {
          const params = { indicator: task.indicator.id, region: task.region?.id ?? "" };
          const button =
            task.indicator.kind === "check" ? enterCheck.button(params) : enterValue.button(params);
          return { ...button, label: `填报：${taskName(task)}` };
        }),
        ...(hasSheet(person) ? [toSheet("领取填报表", measure?.no)] : []),
      ],
      facts: {
        rows: shown.map((task) => ({
          id: task.indicator.id,
          name: task.indicator.name,
          county: task.region?.short ?? null,
          reportedOn: task.reportedOn,
        })),
      },
    };
  },
});

/** Who sends reports as a table as well. */
const hasSheet = ({ role }: Person) =>
  ["office", "department-liaison", "county-lead", "county-liaison"].includes(role);

const params = z.object({ indicator: z.string(), region: z.string() });
const dateField = () =>
  arg.maybe.date("截止日期", { hint: "不填为今天；每月、每季的工作补报上期的，不填为上期末" });
const noteField = () => arg.maybe.longtext("说明", { maxLength: 500 });

/** Reports a figure. */
export const enterValue = action({
  name: "report.value",
  label: "填报",
  params,
  fields: z.object({
    value: arg.number("完成值"),
    date: dateField(),
    reason: arg.maybe.text("下降原因", { hint: "比上次少时必填", maxLength: 200 }),
    note: noteField(),
  }),
  async press({ params, fields, person }, context) {
    return enter(context, person, params, fields.value, fields);
  },
});

/** Reports whether a checkable task is done. */
export const enterCheck = action({
  name: "report.check",
  label: "填报",
  params,
  fields: z.object({
    done: arg.choice("完成情况", { 已完成: "1", 未完成: "0" }),
    date: dateField(),
    reason: arg.maybe.text("变更原因", { hint: "由已完成改为未完成时必填", maxLength: 200 }),
    note: noteField(),
  }),
  async press({ params, fields, person }, context) {
    return enter(context, person, params, fields.done, fields);
  },
});

type Entry = {
  date?: Temporal.PlainDate | undefined;
  reason?: string | undefined;
  note?: string | undefined;
};

async function enter(
  context: Context<Writer>,
  person: Person,
  { indicator: id, region }: z.output<typeof params>,
  value: string,
  { date: said, reason, note }: Entry,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const indicator = office.pack.indicators.find((i) => i.id === id);
  if (indicator === undefined)
    return refuse("unknown-indicator", "这项指标已不在计划中，请重新发送“填报”。", ["填报"]);
  const taskNow = async () =>
    (await tasksOf(store, office, today, { measureNo: indicator.measure })).find(
      (t) => t.indicator.id === id && (t.region?.id ?? "") === region,
    );
  const task = await taskNow();
  if (task === undefined) return refuse("stale-action", "这项任务的分解有变化，请重新发送“填报”。", ["填报"]);
  if (!mayReport(person, task, office, today)) return refuse("forbidden", "这项任务不由您填报。");
  const range = outOfRange(task.indicator, value);
  const date = said ?? Temporal.PlainDate.from(task.duty?.asked?.date ?? today);
  const before = await countingOn(task, date.toString(), { store, office, today });
  const wrong =
    range === null ? wrongDate(date, task, before?.date ?? null, office, today) : refuse("bad-number", range);
  if (wrong !== null) return wrong;
  const worse = before !== null && isDecrease(task.indicator, before.value, value);
  if (worse && !reason?.trim()) {
    const then = actualWords({ ...task, standing: { ...task.standing, actual: new Decimal(before.value) } });
    return refuse("usage", `本次填报${plain(value)}，比上次（${then}）少。如属实，请填写原因后再提交。`);
  }
  const text = [note?.trim(), worse ? `下降原因：${reason?.trim()}` : ""].filter(Boolean).join("；");
  const regionId = region === "" ? null : region;
  const [last] = await store.progress.history(id, regionId, date.toString(), 1);
  await store.progress.report({
    indicatorId: id,
    regionId,
    date: date.toString(),
    value: plain(value),
    note: text === "" ? null : text,
    personId: person.id,
    reportedAt: now.epochMilliseconds,
  });
  const after = (await taskNow()) ?? task;
  // Another figure for a day that was reported before: papers have printed the old one.
  const isCorrection = last?.date === date.toString() && last.value !== plain(value);
  const correctedDates = new Set(isCorrection ? [date.toString()] : []);
  const affected = await affectedBy({ of: "progress", touched: null, correctedDates }, context);
  const mayCorrect = holdsRole(person, "office");
  await tellAffected(affected, person, context);
  // What is reported while its month runs is judged when that is over.
  const isJudged = after.duty === null || isSameTurn(after, after.duty.cycle.to, date.toString(), office);
  const level = isJudged ? after.standing.level : null;
  const reached = { ...after, standing: { ...after.standing, actual: new Decimal(value) } };
  return {
    title: "已填报",
    tone: "good",
    subject: `progress:${id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "指标", value: `任务${after.measure.no} ${taskName(after)}` },
          { label: "完成/目标", value: `${actualWords(reached)} / ${indicatorWords(after.indicator)}` },
          { label: "截止日期", value: shortDate(date) },
          { label: "进度", value: level ?? "未到期" },
          ...(text === "" ? [] : [{ label: "说明", value: text }]),
        ],
      },
      ...affected.map((one) => ({
        kind: "text" as const,
        text: affectedWords(one, mayCorrect),
        tone: "notice" as const,
      })),
    ],
    buttons: [toReport("继续填报"), ...(mayCorrect ? correctButtons(affected) : [])],
    facts: {
      indicator: id,
      county: after.region?.short ?? null,
      value: Number(value),
      date: date.toString(),
      level,
    },
  };
}

function wrongDate(
  date: Temporal.PlainDate,
  task: Task,
  newest: string | null,
  office: Office,
  today: Temporal.PlainDate,
): Refusal | null {
  if (Temporal.PlainDate.compare(date, today) > 0)
    return refuse("bad-date", `截止日期${shortDate(date)}还没到，请填今天或以前的日期。`);
  if (date.year < office.pack.year) return refuse("bad-date", `请填${office.pack.year}年以内的日期。`);
  const why = wrongReportDay(task, date.toString(), newest, office);
  return why === null ? null : refuse("bad-date", why);
}

function taskName({ indicator, region }: Pick<Task, "indicator" | "region">): string {
  return region ? `${indicator.name}（${region.short}）` : indicator.name;
}
