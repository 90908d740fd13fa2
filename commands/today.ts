import { z } from "zod";
import { anyone, scopeName, scopeOf } from "../src/chat/access.ts";
import type { Block, Button } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { laggingAmong, tasksOf } from "../src/chat/tasks.ts";
import { longDate, shortDate } from "../src/chat/wording.ts";
import type { Issue } from "../src/store/issues.ts";
import { acknowledge, relationTo, submit } from "./issue.ts";
import { mayReport } from "./report.ts";

/** Deadlines within so many days are worth a look today. */
const SOON_DAYS = 3;

/** 今日：what waits for this person: to acknowledge, overdue, due soon, lagging, to report. */
export default command({
  name: "today",
  words: ["今日", "待办", "我的待办"],
  help: { does: "看今天有什么等我办", example: "今日" },
  who: anyone,
  args: z.object({}),

  async answer({ person }, { store, office, now, today }) {
    const regions = scopeOf(person, office, today);
    const { rows } = await store.issues.list(
      {
        asOf: now.epochMilliseconds,
        ...(regions ? { regions } : {}),
        ...(person.departmentId ? { departmentId: person.departmentId } : {}),
      },
      500,
    );
    const day = today.toString();
    const soon = today.add({ days: SOON_DAYS }).toString();
    const toAcknowledge = rows.filter((i) => i.state === "assigned");
    const overdue = rows.filter((i) => i.state !== "submitted" && i.due < day);
    const dueSoon = rows.filter((i) => i.state === "rectifying" && i.due >= day && i.due <= soon);
    const toReview =
      person.role === "office" || person.role === "supervision"
        ? rows.filter((i) => i.state === "submitted")
        : [];

    const scope = regions
      ? { regionIds: regions }
      : person.departmentId
        ? { departmentId: person.departmentId }
        : {};
    const lagging = laggingAmong(await tasksOf(store, office, today, scope));
    const behind = lagging.filter((t) => t.standing.level !== "灰");
    const toReport = lagging.filter((t) => t.standing.level === "灰");

    const section = (title: string, issues: readonly Issue[], when: (i: Issue) => string): Block[] =>
      issues.length === 0
        ? []
        : [
            { kind: "text", text: `${title}（${issues.length}件）`, tone: "notice" },
            {
              kind: "table",
              columns: [{ title: "编号" }, { title: "问题" }, { title: "期限" }],
              rows: issues.slice(0, 8).map((i) => [i.no, i.title, when(i)]),
            },
          ];
    const limit = (i: Issue) => shortDate(i.due);
    const mine = (i: Issue) => relationTo(i, person, office, today) === "responsible";
    const buttons: Button[] = [
      ...toAcknowledge
        .filter(mine)
        .slice(0, 3)
        .map((i) => ({
          ...acknowledge.button({ issue: i.id, version: i.version }, { style: "primary" }),
          label: `签收 ${i.no}`,
        })),
      ...[...overdue, ...dueSoon]
        .filter((i) => i.state === "rectifying" && mine(i))
        .slice(0, 3)
        .map((i) => ({ ...submit.button({ issue: i.id, version: i.version }), label: `提交整改 ${i.no}` })),
      ...(toReport.some((t) => mayReport(person, t, office, today))
        ? [{ kind: "say" as const, label: "填报进度", say: "填报" }]
        : []),
      ...(lagging.length > 0 ? [{ kind: "say" as const, label: "滞后任务", say: "滞后" }] : []),
      { kind: "say", label: "问题清单", say: "问题" },
    ];
    const waiting = toAcknowledge.length + overdue.length + dueSoon.length + toReview.length + lagging.length;
    return {
      title: `${scopeName(person, office, today)}今日待办 ${longDate(today)}`,
      tone: overdue.length > 0 ? "bad" : waiting > 0 ? "notice" : "good",
      blocks: [
        ...(waiting === 0
          ? [{ kind: "text" as const, text: "今天没有等您办的事。", tone: "good" as const }]
          : []),
        ...section("待签收", toAcknowledge, limit),
        ...section("已超期", overdue, (i) => `${shortDate(i.due)}（超${-today.until(i.due).days}天）`),
        ...section("即将到期", dueSoon, limit),
        ...section("待复核", toReview, limit),
        ...(behind.length + toReport.length > 0
          ? [
              {
                kind: "facts" as const,
                items: [
                  { label: "滞后任务", value: `${behind.length}项` },
                  { label: "待填报", value: `${toReport.length}项` },
                ],
              },
            ]
          : []),
      ],
      buttons,
      facts: {
        date: day,
        toAcknowledge: toAcknowledge.map((i) => i.no),
        overdue: overdue.map((i) => i.no),
        dueSoon: dueSoon.map((i) => i.no),
        toReview: toReview.map((i) => i.no),
        lagging: behind.length,
        toReport: toReport.length,
      },
    };
  },
});
