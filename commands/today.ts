import { z } from "zod";
import { anyone, scopeName, scopeOf } from "../src/chat/access.ts";
import type { Block, Button } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { longDate, shortDate } from "../src/chat/wording.ts";
import { isOverdue } from "../src/domain/issues/machine.ts";
import { type State, TAKEN_ON, UNIT_ACTS } from "../src/domain/issues/states.ts";
import { mayConsent } from "../src/issues/consent.ts";
import { helpedIssues } from "../src/issues/helped.ts";
import { helpDue } from "../src/issues/parts.ts";
import { isOf, isResponsible, relationTo } from "../src/issues/relation.ts";
import { stepButton } from "../src/issues/step-button.ts";
import acknowledge from "../src/issues/steps/acknowledge.ts";
import submit from "../src/issues/steps/submit.ts";
import { mayReport } from "../src/plan/reporting.ts";
import { laggingAmong, tasksOf } from "../src/plan/tasks.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";

const toIssue = says("问题");
const toChecks = says("抽查");
const toReporting = says("填报");
const toLagging = says("滞后");

/** Deadlines within so many days are worth a look today. */
const SOON_DAYS = 3;
const SHOWN = 8;

/** 今日：what waits for this person: to acknowledge, overdue, due soon, to decide, to check, lagging, to report. */
export default command({
  name: "today",
  words: ["今日", "待办", "我的待办"],
  hints: [
    "要做",
    "做什么",
    "要做什么",
    "干什么",
    "要干什么",
    "要办什么",
    "有事吗",
    "没办的",
    "今日待办",
    "今天待办",
    "今天",
    "有什么事",
    "什么事",
    "要我办",
    "我办",
    "要办",
    "要办的",
    "需要我办",
    "有什么要办",
    "要我做",
    "我要做什么",
    "该做什么",
    "待我",
    "等我",
    "待我办",
    "等我办",
    "待审批",
    "待我审批",
    "等我审批",
    "待我确认",
    "事情",
    "任务",
    "要处理",
  ],
  help: { does: "看今天有什么等我办", example: "今日" },
  who: anyone,
  audience: "person",
  args: z.object({}),

  async answer({ person }, { store, office, now, today }) {
    const regions = scopeOf(person, office, today);
    const { rows } = await store.issues.list(
      {
        asOf: now.epochMilliseconds,
        states: [...new Set([...UNIT_ACTS, ...TAKEN_ON, ...DECIDES[person.role]])],
        ...(regions ? { regions } : {}),
        ...(person.departmentId ? { departmentId: person.departmentId } : {}),
      },
      500,
    );
    const day = today.toString();
    const soon = today.add({ days: SOON_DAYS }).toString();
    const toAcknowledge = rows.filter((i) => i.state === "assigned");
    const overdue = rows.filter((i) => isOverdue(i.state, i.due, day));
    const dueSoon = rows.filter(
      (i) => (i.state === "acknowledged" || i.state === "rectifying") && i.due >= day && i.due <= soon,
    );
    const inState = (...states: readonly State[]) =>
      rows.filter((i) => states.includes(i.state) && DECIDES[person.role].includes(i.state));
    const toReview = inState("submitted", "reviewing").filter(
      (i) => i.submittedBy !== person.id && i.confirmedBy !== person.id,
    );
    const toDecide = [
      ...inState("draft", "returned"),
      ...inState("transferring").filter((i) => i.proposedBy !== person.id),
      ...(person.role === "office" || person.role === "supervision"
        ? rows.filter((i) => i.extensionDue !== null)
        : []),
      ...rows.filter((i) => mayConsent(i, person, office, today)),
    ];
    // What a unit helps with waits for it by its own deadline, below what it answers for.
    const helped = await helpedIssues(person, UNIT_ACTS, { store, office, now, today });
    const parts = await store.issueUnits.ofMany(helped.map(({ id }) => id));
    const helpBy = (issue: Issue) => {
      const own = (parts.get(issue.id) ?? []).find(
        (part) => part.role === "helping" && isOf(part, person, { office, today }),
      );
      return own === undefined ? issue.due : helpDue(own, issue);
    };
    const toHelp = helped.toSorted((a, b) => helpBy(a).localeCompare(helpBy(b)) || a.id - b.id);
    const toCheck = await store.spotChecks.openOf(person.id);

    const scope = regions
      ? { regionIds: regions }
      : person.departmentId
        ? { departmentId: person.departmentId }
        : {};
    const lagging = laggingAmong(await tasksOf(store, office, today, scope));
    const behind = lagging.filter((t) => t.standing.level !== "灰");
    const toReport = lagging.filter((t) => t.standing.level === "灰");

    const limit = (i: Issue) => shortDate(i.due);
    const mine = (i: Issue) => isResponsible(relationTo(i, person, office, today));
    const seen = (i: Issue) => ({ issue: i.id, version: i.version });
    const buttons: Button[] = [
      ...toAcknowledge
        .filter(mine)
        .slice(0, 3)
        .map((i) => stepButton(acknowledge, seen(i), { label: `${acknowledge.words.name} ${i.no}` })),
      ...[...overdue, ...dueSoon]
        .filter((i) => i.state !== "assigned" && mine(i))
        .slice(0, 3)
        .map((i) => stepButton(submit, seen(i), { label: `${submit.words.name} ${i.no}` })),
      ...[...toReview, ...toDecide].slice(0, 4).map((i) => toIssue(`办理 ${i.no}`, i.no)),
      ...toHelp.slice(0, 3).map((i) => toIssue(`协办 ${i.no}`, i.no)),
      ...(toCheck.length > 0 ? [toChecks("抽查任务")] : []),
      ...(toReport.some((t) => mayReport(person, t, office, today)) ? [toReporting("填报进度")] : []),
      ...(lagging.length > 0 ? [toLagging("滞后任务")] : []),
      toIssue("问题清单"),
    ];
    const waiting = [toAcknowledge, overdue, dueSoon, toReview, toDecide, toHelp, toCheck, lagging].some(
      (l) => l.length > 0,
    );
    return {
      title: `${scopeName(person, office, today)}今日待办 ${longDate(today)}`,
      tone: overdue.length > 0 ? "bad" : waiting ? "notice" : "good",
      blocks: [
        ...(waiting ? [] : [{ kind: "text" as const, text: "今天没有等您办的事。", tone: "good" as const }]),
        ...section("待签收", toAcknowledge, limit),
        ...section("已超期", overdue, (i) => `${shortDate(i.due)}（超${-today.until(i.due).days}天）`),
        ...section("即将到期", dueSoon, limit),
        ...section(person.role === "county-lead" ? "待县级确认" : "待复核", toReview, limit),
        ...section("待处理（交办、退回、延期、移送、作废）", toDecide, limit),
        ...section("协办", toHelp, (i) => {
          const late = -today.until(helpBy(i)).days;
          return `${shortDate(helpBy(i))}${late > 0 ? `（超${late}天）` : ""}`;
        }),
        ...section(
          "待抽查",
          toCheck.map((c) => c.issue),
          (i) => shortDate(toCheck.find((c) => c.issue.id === i.id)?.check.due ?? i.due),
        ),
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
        toAcknowledge: numbers(toAcknowledge),
        overdue: numbers(overdue),
        dueSoon: numbers(dueSoon),
        toReview: numbers(toReview),
        toDecide: numbers(toDecide),
        toHelp: numbers(toHelp),
        toCheck: toCheck.map((c) => c.issue.no),
        lagging: behind.length,
        toReport: toReport.length,
      },
    };
  },
});

/** States beside the unit's own in which an issue waits for somebody of each role. */
const DECIDES: Readonly<Record<Person["role"], readonly State[]>> = {
  office: ["draft", "returned", "reviewing"],
  supervision: ["reviewing"],
  "city-lead": ["transferring"],
  "county-lead": ["submitted"],
  "county-liaison": [],
  "department-liaison": [],
  "station-chief": [],
};

const numbers = (issues: readonly Issue[]) => issues.map((i) => i.no);

function section(title: string, issues: readonly Issue[], when: (i: Issue) => string): Block[] {
  if (issues.length === 0) return [];
  return [
    { kind: "text", text: `${title}（${issues.length}件）`, tone: "notice" },
    {
      kind: "table",
      columns: [{ title: "编号" }, { title: "问题" }, { title: "期限" }],
      rows: issues.slice(0, SHOWN).map((i) => [i.no, i.title, when(i)]),
    },
    ...(issues.length > SHOWN
      ? [{ kind: "note" as const, text: `另有${issues.length - SHOWN}件，请看问题清单。` }]
      : []),
  ];
}
