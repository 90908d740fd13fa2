import type { Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn, figure, plain, shortDate } from "../chat/wording.ts";
import { actualWords, indicatorWords, judgedOn, lagFacts, type Task } from "./tasks.ts";

const toReport = says("填报");
const toTask = says("任务");

/** The list of lagging tasks; command and notice show the same card. */
export function laggingCard(title: string, tasks: readonly Task[], today: Temporal.PlainDate): Card {
  const asOf = judgedOn(today);
  const count = (level: string) => tasks.filter((t) => t.standing.level === level).length;
  const rows = tasks.slice(0, SHOWN);
  return {
    title: `${title}（${tasks.length}项）`,
    tone: count("红") > 0 ? "bad" : tasks.length > 0 ? "notice" : "good",
    blocks: [
      {
        kind: "text",
        text:
          tasks.length === 0
            ? "没有滞后或未报的任务。"
            : `红${count("红")}项、黄${count("黄")}项、未报${count("灰")}项。`,
      },
      ...(rows.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "级别" },
                { title: "任务" },
                { title: "指标" },
                { title: "完成/目标", align: "end" as const },
                { title: "应达", align: "end" as const },
                { title: "落后", align: "end" as const },
                { title: "期限" },
              ],
              rows: rows.map((task) => [
                task.standing.level ?? "",
                task.measure.no,
                `${task.indicator.name}${task.region ? `（${task.region.short}）` : ""}`,
                `${actualWords(task)} / ${indicatorWords(task.indicator)}`,
                task.standing.expected === null || task.indicator.kind === "check"
                  ? "—"
                  : plain(task.standing.expected.toDecimalPlaces(1).toString()),
                figure(task.standing.behindPct, 1, "%"),
                dateSeenOn(today, task.indicator.deadline),
              ]),
              opens: rows.map(({ measure }) => toTask("", measure.no).say),
            },
          ]),
      ...(tasks.length > SHOWN
        ? [
            {
              kind: "text" as const,
              text: `另有${tasks.length - SHOWN}项，请在“滞后”后加部门名称分别查看。`,
            },
          ]
        : []),
      { kind: "note", text: `按${shortDate(asOf)}序时进度；灰为最近一期未报` },
    ],
    buttons: [toReport("填报")],
    facts: { asOf: asOf.toString(), rows: tasks.map(lagFacts) },
  };
}

/** Rows that still read well on a phone; the rest is counted and said how to reach. */
const SHOWN = 30;
