import { z } from "zod";
import { anyone, scopeName, scopeOf } from "../src/chat/access.ts";
import type { Block, Button } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { dateSeenOn, longDate } from "../src/chat/wording.ts";
import { isOverdue } from "../src/domain/issues/machine.ts";
import { type State, UNIT_ACTS } from "../src/domain/issues/states.ts";
import { inEachPost, seesToFor } from "../src/domain/posts.ts";
import { entriesToday } from "../src/enterprises/entries-today.ts";
import { type Duties, dutiesOf, type Watched } from "../src/issues/duties.ts";
import { countyOf } from "../src/issues/facts.ts";
import { helpedIssues } from "../src/issues/helped.ts";
import { helpDue, isWorking } from "../src/issues/parts.ts";
import { isOf } from "../src/issues/relation.ts";
import { stepButton } from "../src/issues/step-button.ts";
import submit from "../src/issues/steps/submit.ts";
import { papersToday } from "../src/papers/papers-today.ts";
import { owesReport } from "../src/plan/reporting.ts";
import { laggingAmong, type Task, tasksOf } from "../src/plan/tasks.ts";
import { responseToday } from "../src/responses/response-today.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toIssues = says("问题");
const toChecks = says("抽查");
const toReporting = says("填报");
const toLagging = says("滞后");

/** Rows and buttons that still read well on a phone. */
const SHOWN = 10;
const PRESSED = 6;
const COUNTIES_NAMED = 5;

/** 今日：what this person has to do, most urgent first, with the buttons that do it; what waits for others is counted below. */
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

  async answer({ person }, context) {
    const { store, office, today } = context;
    const day = today.toString();
    const regions = scopeOf(person, office, today);
    const isCityWide = regions === null;
    const duties = await dutiesOf(person, context);
    const checks = await store.spotChecks.openOf(seesToFor(person));
    // What a unit helps with waits for it by its own deadline, below what it answers for.
    const helped = await helpedIssues(person, UNIT_ACTS, context);
    const parts = await store.issueUnits.ofMany(helped.map(({ id }) => id));
    const helpBy = (issue: Issue) => {
      const own = (parts.get(issue.id) ?? []).find(
        (part) => isWorking(part) && isOf(part, person, { office, today }),
      );
      return own === undefined ? issue.due : helpDue(own, issue);
    };
    const toHelp = helped.toSorted((a, b) => helpBy(a).localeCompare(helpBy(b)) || a.id - b.id);

    const lagging = laggingAmong(await tasksWithin(person, context));
    const [unreported, behind] = [lagging.filter(isUnreported), lagging.filter((t) => !isUnreported(t))];
    const toReport = unreported.filter((task) => owesReport(person, task, office, today));

    const rows: Row[] = [
      ...duties.mine.map(({ issue, step }) => ({ issue, act: step.owed.what, due: issue.due })),
      ...checks.map(({ issue, check }) => ({ issue, act: "现场核查", due: check.due })),
      ...toHelp.map((issue) => ({ issue, act: "协办", due: helpBy(issue) })),
    ];
    const total = [...duties.counts.values()].reduce((sum, n) => sum + n, checks.length + toHelp.length);
    const overdue = duties.mine.filter(({ issue }) => isOverdue(issue.state, issue.due, day));
    const papers = await papersToday(person, context);
    const entries = await entriesToday(person, context);
    const response = await responseToday(person, context);
    const waiting = total + papers.n + entries.n + response.n;
    const nothing = waiting + toReport.length === 0;
    const ofSteps = (...ids: string[]) =>
      duties.mine.filter(({ step }) => ids.includes(step.id)).map(({ issue }) => issue.no);
    return {
      title: `${scopeName(person, office, today)}今日待办 ${longDate(today)}`,
      tone: overdue.length > 0 ? "bad" : nothing ? "good" : "notice",
      blocks: [
        nothing
          ? { kind: "text", text: "今天没有等您办的事。", tone: "good" }
          : {
              kind: "text",
              text: `等您办的：${countWords(duties, { checks: checks.length, helps: toHelp.length, reports: toReport.length, papers: [...papers.words, ...entries.words, ...response.words] })}`,
              tone: "notice",
            },
        ...(rows.length === 0
          ? []
          : [
              {
                kind: "table" as const,
                columns: [
                  { title: "编号" },
                  { title: "问题" },
                  ...(isCityWide ? [{ title: "地区" }] : []),
                  { title: "要办" },
                  { title: "期限" },
                ],
                rows: rows
                  .slice(0, SHOWN)
                  .map(({ issue, act, due }) => [
                    issue.no,
                    issue.title,
                    ...(isCityWide ? [countyOf(issue, office, today)] : []),
                    act,
                    dueWords(issue.state, due, today),
                  ]),
                opens: rows.slice(0, SHOWN).map(({ issue }) => toIssues("", issue.no).say),
              },
            ]),
        ...(total > SHOWN
          ? [{ kind: "note" as const, text: `另有${total - SHOWN}件等您办的，见下面的清单。` }]
          : []),
        ...papers.blocks,
        ...entries.blocks,
        ...foldedBlocks(duties, isCityWide),
        ...unknownYearNote(
          rows.slice(0, SHOWN).map(({ due }) => due),
          office,
        ),
        ...laggingBlocks(behind.length, unreported.length - toReport.length),
      ],
      buttons: [
        ...response.buttons,
        ...duties.mine
          .slice(0, PRESSED)
          .map(({ issue, step }) =>
            stepButton(
              step,
              { issue: issue.id, version: issue.version },
              { label: `${step.words.name} ${issue.no}` },
            ),
          ),
        ...toHelp.slice(0, 3).map(({ no }) => toIssues(`协办 ${no}`, no)),
        ...papers.buttons,
        ...entries.buttons,
        ...(checks.length > 0 ? [toChecks("抽查任务")] : []),
        ...(toReport.length > 0 ? [toReporting("填报进度")] : []),
        ...listButtons(duties, total > SHOWN),
        ...(lagging.length > 0 ? [toLagging("滞后任务")] : []),
        toIssues("问题清单"),
      ],
      facts: {
        date: day,
        waiting,
        toAcknowledge: ofSteps("acknowledge"),
        overdue: overdue.map(({ issue }) => issue.no),
        dueSoon: duties.mine
          .filter(({ issue, step }) => step.owed.nearDue && issue.due >= day)
          .map(({ issue }) => issue.no),
        toReview: ofSteps("confirm", "verify"),
        toDecide: ofSteps("assign", "uphold", "grant-extension", "approve-transfer", "approve-cancel"),
        toHelp: toHelp.map(({ no }) => no),
        ...papers.facts,
        ...entries.facts,
        ...response.facts,
        toCheck: checks.map(({ issue }) => issue.no),
        later: duties.later,
        watched: duties.watched.map(({ step, n, overdue, counties }) => ({
          step: step.id,
          n,
          overdue,
          counties: Object.fromEntries(counties),
        })),
        lagging: behind.length,
        toReport: toReport.length,
        unreported: unreported.length,
      },
    };
  },
});

type Row = { issue: Issue; act: string; due: string };
const isUnreported = ({ standing }: Task) => standing.level === "灰";

/** 签收1件、复核2件、填报3项 */
function countWords(
  { counts }: Duties,
  {
    checks,
    helps,
    reports,
    papers,
  }: { checks: number; helps: number; reports: number; papers: readonly string[] },
): string {
  return [
    ...[...counts].map(([{ owed }, n]) => `${owed.what}${n}件`),
    ...(checks > 0 ? [`现场核查${checks}件`] : []),
    ...(helps > 0 ? [`协办${helps}件`] : []),
    ...(reports > 0 ? [`填报${reports}项`] : []),
    ...papers,
  ].join("、");
}

/** 6月4日（超11天）: only a unit that has to act is late. */
function dueWords(state: State, due: string, today: Temporal.PlainDate): string {
  const day = today.toString();
  if (isOverdue(state, due, day)) return `${dateSeenOn(today, due)}（超${-today.until(due).days}天）`;
  return `${dateSeenOn(today, due)}${due === day ? "（今天）" : ""}`;
}

/** What others have to do, a line for each step that it waits for. */
function foldedBlocks({ watched, later }: Duties, isCityWide: boolean): Block[] {
  const lines = [
    ...(later > 0 ? [`另有${later}件在整改，期限未到。`] : []),
    ...watched.map((one) => watchedWords(one, isCityWide)),
  ];
  return lines.map((text) => ({ kind: "text", text, tone: "muted" }));
}

/** 另有13件等县区签收（超期2件）：海安5、如皋4…… */
function watchedWords({ step: { owed }, n, overdue, counties }: Watched, isCityWide: boolean): string {
  const late = overdue > 0 ? `（超期${overdue}件）` : "";
  const named = counties.slice(0, COUNTIES_NAMED).map(([name, count]) => `${name}${count}`);
  const where = isCityWide ? `：${named.join("、")}${counties.length > named.length ? "等" : ""}` : "";
  return `另有${n}件等${owed.whom}${owed.what}${late}${where}。`;
}

/** The lists of what isn't shown one by one. */
function listButtons({ counts, watched, later }: Duties, isCut: boolean): Button[] {
  const asked = new Set([
    ...(watched.some((one) => one.overdue > 0) ? ["超期"] : []),
    ...(isCut ? [...counts.keys()].map(({ owed }) => owed.asked) : []),
    ...watched.map(({ step }) => step.owed.asked),
    ...(later > 0 && submit.owed ? [submit.owed.asked] : []),
  ]);
  return [...asked].map((word) => toIssues(`${word}清单`, word));
}

function laggingBlocks(behind: number, unreported: number): Block[] {
  const said = [
    ...(behind > 0 ? [`${behind}项任务滞后`] : []),
    ...(unreported > 0 ? [`${unreported}项等责任单位填报`] : []),
  ];
  return said.length === 0 ? [] : [{ kind: "text", text: `另有${said.join("、")}。`, tone: "muted" }];
}

/** The tasks within somebody's posts, each once. */
async function tasksWithin(person: Person, { store, office, today }: Context<Reader>): Promise<Task[]> {
  const found = new Map<string, Task>();
  for (const post of inEachPost(person)) {
    const regionIds = scopeOf(post, office, today);
    const { departmentId } = post;
    const scope = regionIds ? { regionIds } : departmentId ? { departmentId } : {};
    for (const task of await tasksOf(store, office, today, scope))
      found.set(`${task.indicator.id}/${task.region?.id ?? ""}`, task);
  }
  return [...found.values()];
}
