import { scopeOf } from "../../chat/access.ts";
import type { Block, Button, Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import { longDate, shortDate } from "../../chat/wording.ts";
import { mayFollow } from "../../domain/papers/interview-course.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { interviewButtons as buttons } from "./forms.ts";
import { isCountyOf } from "./people.ts";
import { interviewRecord } from "./record.ts";
import {
  candidatesOf,
  gapsWithin,
  type InterviewCandidate,
  type InterviewCourse,
  type InterviewStanding,
  interviewCourseOf,
  type interviewStandings,
  rankedMonth,
} from "./standings.ts";
import { interviewStateWords, meanWords, monthsWords, placeWords, stepWords } from "./words.ts";

const toCounty = says("约谈");
const toRanks = says("全省排名");
const toPaper = says("文件");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
type Standings = NonNullable<Awaited<ReturnType<typeof interviewStandings>>>;

/** Where each county of a reader stands by the rule of 约谈. */
export async function interviewsCard(
  { rule, to, standings }: Standings,
  person: Person,
  context: Around,
): Promise<Card> {
  const { store, office, today } = context;
  const own = scopeOf(person, office, today);
  const shown = standings.filter(
    ({ ranked, rows, region }) => (ranked || rows.length > 0) && (own === null || own.includes(region.id)),
  );
  const rows = await Promise.all(
    shown.map(async (standing) => ({ standing, words: await standsWords(standing, store) })),
  );
  const missing = [...new Set(standings.flatMap(({ count }) => count.missing))].sort();
  const called = rows.filter(
    ({
      standing: {
        count,
        rows: [row],
      },
    }) => count.stage === "due" || count.stage === "warned" || row?.state === "confirmed",
  );
  return {
    title: "约谈",
    tone: called.length > 0 ? "notice" : "good",
    blocks: [
      {
        kind: "text",
        text: `PM2.5连续${rule.months}个月列全省后${rule.bottom}位的，由市办认定后约谈；连续${rule.months - 1}个月的先提醒。`,
      },
      {
        kind: "table",
        columns: [
          { title: "地区" },
          { title: "计数月份" },
          { title: "连续", align: "end" },
          { title: "情况" },
        ],
        rows: rows.map(({ standing: { region, count }, words }) => [
          region.short,
          count.months.length === 0 ? "—" : monthsWords(count.months),
          `${count.inARow}个月`,
          words,
        ]),
        opens: rows.map(({ standing: { region } }) => toCounty("", region.short).say),
      },
      ...missingBlock(missing),
      {
        kind: "note",
        text: "位次由省里公布；不在公布名单里的不算后列，没有名单的月份不计数也不中断",
      },
    ],
    buttons: called.map(({ standing: { region } }) => toCounty(region.short, region.short)),
    facts: {
      to,
      missing,
      rows: rows.map(({ standing, words }) => ({ ...standingFacts(standing), words })),
    },
  };
}

const missingBlock = (missing: readonly string[]): Block[] =>
  missing.length === 0
    ? []
    : [
        {
          kind: "text",
          text: `没有名单的月份：${monthsWords(missing)}，请市办导入全省排名。`,
          tone: "notice",
        },
      ];

/** One county: its months, what the office decided, and what followed. */
export async function interviewCard(
  { standing, rule }: { standing: InterviewStanding; rule: Standings["rule"] },
  person: Person,
  context: Around,
  title?: string,
): Promise<Card> {
  const { region, count, places, rows } = standing;
  const { store, office } = context;
  // A 约谈 of a region that has become part of this one is this one's to answer for.
  const lineage = office.lineage(region.id);
  const before = (await candidatesOf(store)).filter(
    (row) => row.regionId !== null && lineage.includes(row.regionId) && !rows.some(({ id }) => id === row.id),
  );
  const all = [...rows, ...before.filter(({ state }) => state === "confirmed")];
  const open = rows.find(({ state }) => state === "proposed") ?? null;
  const called = await Promise.all(
    all
      .filter(({ state }) => state === "confirmed")
      .map(async (row) => ({ row, course: await interviewCourseOf(row, store) })),
  );
  const struck = rows.filter(({ state }) => state === "struck");
  const months = open?.facts.months ?? places.map(rankedMonth);
  return {
    title: title ?? `约谈：${region.short}`,
    tone: open !== null || called.some(({ course }) => course.state !== "released") ? "bad" : "notice",
    blocks: [
      { kind: "text", text: `${region.short}${await standsWords(standing, store)}。` },
      ...(months.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "月份" },
                { title: "全省位次" },
                { title: "PM2.5（µg/m³）", align: "end" as const },
              ],
              rows: months.map((month) => [monthsWords([month.month]), placeWords(month), meanWords(month)]),
            },
          ]),
      ...missingBlock(count.missing),
      ...called.flatMap(({ row, course }) => courseBlocks(row, course, context)),
      ...struck.slice(0, 3).map(
        (row): Block => ({
          kind: "text",
          text: `${monthsWords([row.period])}：不约谈，理由：${row.reason ?? "—"}`,
          tone: "muted",
        }),
      ),
    ],
    buttons: [
      ...(open === null ? [] : candidateButtons(open, person, context)),
      ...called.flatMap(({ row, course }) => courseButtons(row, course, person, context)),
      toRanks("全省排名", region.short),
    ],
    files: called
      .filter(({ course }) => course.steps.some(({ step }) => step === "minutes"))
      .map(({ row }) =>
        interviewRecord.file(
          { candidate: row.id },
          { name: `约谈记录（${monthsWords([row.period])}）.docx` },
        ),
      ),
    facts: {
      ...standingFacts(standing),
      needed: rule.months,
      candidate: open === null ? null : { id: open.id, period: open.period },
      interviews: called.map(({ row, course }) => interviewFacts(row, course)),
      struck: struck.map(({ period, reason }) => ({ period, reason })),
    },
    subject: `interview:${region.id}`,
  };
}

/** The office confirms or strikes; a notice that was withdrawn can be drafted anew. */
export function candidateButtons(
  row: Pick<InterviewCandidate, "id" | "facts">,
  person: Person,
  { office, today }: Pick<Around, "office" | "today">,
): Button[] {
  if (!holdsRole(person, "office")) return [];
  const { by, whom } = office.pack.settings.interviews;
  const on = office.calendar.addWorkingDays(today, 3).toString();
  const values = row.facts.arrangement ?? { on, by, whom };
  return [
    buttons.confirm(
      "认定并拟约谈通知",
      { candidate: row.id },
      { style: "primary", values: { ...values, on } },
    ),
    buttons.strike("不约谈", { candidate: row.id }),
  ];
}

function courseButtons(
  row: InterviewCandidate,
  { paper, state }: InterviewCourse,
  person: Person,
  context: Around,
): Button[] {
  const of = { candidate: row.id };
  const opens = paper === null ? [] : [toPaper("约谈通知", `${paper.id}号`)];
  if (holdsRole(person, "office"))
    return [
      ...opens,
      ...(state === "notice-due" && paper === null ? candidateButtons(row, person, context) : []),
      ...(mayFollow("minutes", state) ? [minutesButton(row, context)] : []),
      ...(mayFollow("release", state) ? [buttons.release("解除约谈", of)] : []),
    ];
  if (!isCountyOf(person, row, context)) return [];
  return [
    ...(paper?.state === "issued" ? opens : []),
    ...(mayFollow("attend", state) ? [buttons.attend("回复参会", of, { style: "primary" })] : []),
    ...(mayFollow("plan", state) ? [buttons.plan("报整改方案", of, { style: "primary" })] : []),
  ];
}

function minutesButton(row: InterviewCandidate, { office, today }: Around): Button {
  const { planWorkingDays } = office.pack.settings.interviews;
  const due = office.calendar.addWorkingDays(today, planWorkingDays).toString();
  return buttons.minutes("写约谈记录", { candidate: row.id }, { style: "primary", values: { due } });
}

function courseBlocks(
  { facts: { months, arrangement } }: InterviewCandidate,
  { paper, steps, state }: InterviewCourse,
  { office }: Around,
): Block[] {
  const day = (at: number) => shortDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)));
  const of = monthsWords(months.map(({ month }) => month));
  const when = arrangement
    ? `${longDate(Temporal.PlainDate.from(arrangement.on))} ${arrangement.time}，${arrangement.place}`
    : "—";
  return [
    {
      kind: "text",
      text: `${of}：${interviewStateWords[state]}`,
      tone: state === "released" ? "good" : "notice",
    },
    {
      kind: "facts",
      items: [
        { label: "通知", value: paper === null ? "未拟" : (paper.number ?? `${paper.id}号文件`) },
        { label: "约谈时间地点", value: when },
        ...steps.map((step) => ({ label: day(step.at), value: stepWords(step) })),
      ],
    },
  ];
}

async function standsWords({ count, ranked, rows }: InterviewStanding, store: Reader): Promise<string> {
  const [newest] = rows.filter(({ state }) => state === "confirmed");
  const course = newest === undefined ? null : await interviewCourseOf(newest, store);
  const now = course === null || course.state === "released" ? "" : `；${interviewStateWords[course.state]}`;
  const { stage, months } = count;
  if (!ranked) return `省里不排${now}`;
  if (stage === "clear")
    return `${newest === undefined || count.inARow === 0 ? "最近一月不在后列" : "约谈后未再计数"}${now}`;
  if (stage === "due") {
    const row = rows.find(({ period }) => period === months.at(-1));
    if (row?.state === "struck") return `连续${months.length}个月，市办定为不约谈${now}`;
    return `连续${months.length}个月，达到约谈条件，待市办认定${now}`;
  }
  return `${course === null ? "" : "约谈后"}连续${months.length}个月列后列${stage === "warned" ? "，再有1个月即约谈" : ""}${now}`;
}

const standingFacts = ({ region, count, places }: InterviewStanding) => ({
  county: region.short,
  stage: count.stage,
  months: places.map(rankedMonth),
  inARow: count.inARow,
  missing: count.missing,
});

const interviewFacts = (row: InterviewCandidate, { paper, steps, state }: InterviewCourse) => ({
  id: row.id,
  period: row.period,
  months: row.facts.months,
  gaps: gapsWithin(row.facts),
  state,
  arrangement: row.facts.arrangement ?? null,
  paper: paper === null ? null : { id: paper.id, number: paper.number, state: paper.state },
  steps: steps.map(({ step, detail, at }) => ({
    step,
    ...detail,
    at: Temporal.Instant.fromEpochMilliseconds(at).toString(),
  })),
});
