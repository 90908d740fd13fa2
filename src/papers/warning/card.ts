import type { Block, Button, Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import { monthPeriod } from "../../domain/months.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { PAPER_STATE_WORDS } from "../state-words.ts";
import { isOfUnit, namesOfUnit, seesUnit } from "../units.ts";
import { type LetterAnswer, letterAnswer, letterAnswerWords } from "./answer.ts";
import { letterOfCandidate, type WarningCandidate, warningCandidates } from "./candidates.ts";
import { effectOf, effectWords, type WarningEffect } from "./effect.ts";
import { warningButtons as buttons } from "./forms.ts";
import { groundsWords } from "./words.ts";

const toLetters = says("提醒函");
const toPaper = says("文件");
const toReply = says("回复");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
type Row = {
  row: WarningCandidate;
  paper: OfficialPaperRow | null;
  effect: WarningEffect | null;
  answer: LetterAnswer | null;
};

/** Letters that still read well on a phone. */
const SHOWN = 20;
/** Candidates with buttons of their own; a tap on its row brings those of any. */
const PRESSED = 4;

/** The candidates of a month for the office, and what became of the letters that were sent, before and after; of all or of one unit. */
export async function warningsCard(
  month: string,
  person: Person,
  context: Around,
  { title, unit = null }: { title?: string; unit?: CandidateUnit | null } = {},
): Promise<Card> {
  const isOffice = holdsRole(person, "office");
  const shortOf = (one: CandidateUnit) => namesOfUnit(one, context).short;
  const named = unit === null ? null : shortOf(unit);
  const rows = (await rowsOf(context)).filter(
    ({ row, paper }) =>
      (named === null || shortOf(row) === named) &&
      (isOffice || (isSent(paper) && seesUnit(person, row, context))),
  );
  const ofMonth = rows.filter(({ row, paper }) => row.period === month && !isSent(paper));
  const open = ofMonth.filter(({ row, paper }) => paper === null && row.state !== "struck");
  const sent = rows.filter(({ paper }) => isSent(paper));
  return {
    title: title ?? `预警提醒函${named === null ? "" : `：${named}`}（${monthPeriod(month).label}）`,
    tone: open.length > 0 ? "notice" : "good",
    blocks: [
      ...(isOffice ? candidateBlocks(ofMonth, month, named, context) : []),
      ...sentBlocks(sent, context),
      {
        kind: "note",
        text: `候选：空气质量改善达不到时序进度，或红色任务达${context.office.pack.settings.warnings.redTasks}项；拟函后须审核、签发`,
      },
    ],
    buttons: isOffice ? officeButtons(open, month, named, context) : answerButtons(sent, person, context),
    facts: {
      month,
      candidates: isOffice ? ofMonth.map((one) => candidateFacts(one, context)) : [],
      letters: sent.map((one) => ({
        ...candidateFacts(one, context),
        effect: one.effect,
        answer: one.answer,
      })),
    },
  };
}

const isSent = (paper: OfficialPaperRow | null) => paper?.state === "issued" || paper?.state === "corrected";

async function rowsOf(context: Around): Promise<Row[]> {
  const { store } = context;
  const rows: Row[] = [];
  for (const row of await warningCandidates(store)) {
    const paper = await letterOfCandidate(row, store);
    const effect =
      paper !== null && isSent(paper) && rows.length < SHOWN ? await effectOf(row, paper, context) : null;
    const answer = paper !== null && isSent(paper) ? await letterAnswer(paper, context) : null;
    rows.push({ row, paper, effect, answer });
  }
  return rows;
}

function candidateBlocks(
  rows: readonly Row[],
  month: string,
  named: string | null,
  context: Around,
): Block[] {
  if (rows.length === 0)
    return [{ kind: "text", text: named === null ? "本月没有候选单位。" : `${named}不在本月候选里。` }];
  return [
    {
      kind: "table",
      columns: [{ title: "单位" }, { title: "依据" }, { title: "处理" }],
      rows: rows.map(({ row, paper }) => [
        namesOfUnit(row, context).short,
        row.state !== "struck" && row.reason !== null
          ? `${row.reason}；${groundsWords(row.facts.grounds)}`
          : groundsWords(row.facts.grounds),
        handledWords(row, paper),
      ]),
      opens: rows.map(
        ({ row, paper }) =>
          (paper === null
            ? toLetters("", `${namesOfUnit(row, context).short} ${month}`)
            : toPaper("", `${paper.id}号`)
          ).say,
      ),
    },
  ];
}

function handledWords({ state, reason }: WarningCandidate, paper: OfficialPaperRow | null): string {
  if (paper !== null) return `${paper.id}号文件，${PAPER_STATE_WORDS[paper.state]}`;
  if (state === "struck") return `不发：${reason ?? ""}`;
  return "待市办定";
}

function sentBlocks(rows: readonly Row[], context: Around): Block[] {
  if (rows.length === 0) return [{ kind: "text", text: "还没有发出过提醒函。", tone: "muted" }];
  return [
    { kind: "text", text: `已发${rows.length}封${rows.length > SHOWN ? `，列最近${SHOWN}封` : ""}：` },
    {
      kind: "table",
      columns: [
        { title: "月份" },
        { title: "单位" },
        { title: "文号" },
        { title: "回复" },
        { title: "发函时→下月" },
      ],
      rows: rows
        .slice(0, SHOWN)
        .map(({ row, paper, effect, answer }) => [
          row.period,
          namesOfUnit(row, context).short,
          paper?.number ?? "—",
          answer === null ? "—" : letterAnswerWords(answer, context.today),
          effect === null ? "—" : effectWords(effect),
        ]),
      opens: rows
        .slice(0, SHOWN)
        .map(({ paper }) => (paper === null ? null : toPaper("", `${paper.id}号`).say)),
    },
  ];
}

function officeButtons(open: readonly Row[], month: string, named: string | null, context: Around): Button[] {
  const { requests } = context.office.pack.settings.warnings;
  return [
    ...(open.length > 1
      ? [buttons.draftAll(`全部拟函（${open.length}）`, { month }, { style: "primary" })]
      : []),
    ...open.slice(0, PRESSED).flatMap(({ row }) => {
      const { short } = namesOfUnit(row, context);
      return [
        buttons.confirm(`拟函 ${short}`, { candidate: row.id }, { values: { requests } }),
        buttons.strike(`不发 ${short}`, { candidate: row.id }),
      ];
    }),
    ...(named === null || open.length === 0
      ? [buttons.add("增加单位", { month }, named === null ? {} : { values: { unit: named } })]
      : []),
    ...(named === null ? [] : [toLetters("全部候选", month)]),
    toLetters("上月", Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString()),
  ];
}

/** A unit answers what it hasn't answered yet. */
const answerButtons = (sent: readonly Row[], person: Person, context: Around): Button[] =>
  sent
    .filter(({ row, answer }) => answer?.at === null && isOfUnit(person, row, context))
    .slice(0, PRESSED)
    .map(({ row, paper }) => toReply(`回复 ${monthPeriod(row.period).label}`, `${paper?.id}号`));

const candidateFacts = ({ row, paper }: Row, context: Around) => ({
  id: row.id,
  unit: namesOfUnit(row, context).short,
  month: row.period,
  state: row.state,
  reason: row.reason,
  grounds: row.facts.grounds,
  paper: paper === null ? null : { id: paper.id, number: paper.number, state: paper.state },
});
