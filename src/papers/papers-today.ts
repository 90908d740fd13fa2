import type { Block, Button } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import { holdsRole } from "../domain/posts.ts";
import type { CandidateUnit } from "../store/candidates.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { candidatesOf } from "./interview/standings.ts";
import { noOf } from "./kind-of.ts";
import { owedPapers } from "./owed-papers.ts";
import { namesOfUnit } from "./units.ts";
import { letterOfCandidate, warningCandidates } from "./warning/candidates.ts";

const toPaper = says("文件");
const toPending = says("待审签");
const toReply = says("回复");
const toInterviews = says("约谈");
const toLetters = says("提醒函");

/** Rows and buttons that leave room for what else there is to do. */
const SHOWN = 5;
const PRESSED = 3;

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "today">;
type PapersToday = {
  /** 审核2件, 定约谈1个; empty where nothing waits. */
  words: readonly string[];
  n: number;
  blocks: readonly Block[];
  buttons: readonly Button[];
  /** Papers by their running numbers, candidates by their units' names. */
  facts: Readonly<Record<string, readonly unknown[]>>;
};

/** What of the office's papers waits for somebody today: to be checked, signed or answered, and for the office whom to call in or remind. */
export async function papersToday(person: Person, context: Around): Promise<PapersToday> {
  const { today } = context;
  const owed = await owedPapers(person, context);
  const of = (word: (typeof owed)[number]["what"]) => owed.filter(({ what }) => what === word);
  const [toCheck, toSign, toAnswer] = [of("审核"), of("签发"), of("回复")];
  const { interviews, letters } = await candidatesToday(person, context);
  const counts: [string, number][] = [
    ["签发文件%件", toSign.length],
    ["审核文件%件", toCheck.length],
    ["回复文件%件", toAnswer.length],
    ["定约谈候选%个", interviews.length],
    ["定提醒函候选%个", letters.length],
  ];
  const dueWords = (due: string | null | undefined) =>
    due == null ? "—" : `${dateSeenOn(today, due)}${due < today.toString() ? "（逾期）" : ""}`;
  const shown = owed.slice(0, SHOWN);
  return {
    words: counts.flatMap(([word, n]) => (n === 0 ? [] : [word.replace("%", String(n))])),
    n: counts.reduce((sum, [, n]) => sum + n, 0),
    blocks:
      shown.length === 0
        ? []
        : [
            {
              kind: "table",
              columns: [{ title: "编号" }, { title: "文件" }, { title: "要办" }, { title: "期限" }],
              rows: shown.map(({ row, what, answer }) => [
                noOf(row),
                row.number === null ? row.title : `${row.title} ${row.number}`,
                what,
                dueWords(answer?.due),
              ]),
              opens: shown.map(({ row }) => toPaper("", noOf(row)).say),
            },
          ],
    buttons: [
      ...toAnswer.slice(0, PRESSED).map(({ row }) => toReply(`回复 ${noOf(row)}`, noOf(row))),
      ...(toCheck.length + toSign.length > 0 ? [toPending("待审签")] : []),
      ...(interviews.length > 0 ? [toInterviews("约谈候选")] : []),
      ...(letters.length > 0 ? [toLetters("提醒函候选")] : []),
    ],
    facts: {
      papersToCheck: toCheck.map(({ row }) => noOf(row)),
      papersToSign: toSign.map(({ row }) => noOf(row)),
      papersToAnswer: toAnswer.map(({ row, answer }) => ({ no: noOf(row), due: answer?.due })),
      interviewCandidates: interviews,
      letterCandidates: letters,
    },
  };
}

/** The units that the office has to decide on, as `约谈` and `提醒函` list them: letters are of the last month. */
async function candidatesToday(person: Person, context: Around) {
  if (!holdsRole(person, "office")) return { interviews: [], letters: [] };
  const { store, today } = context;
  const short = (unit: CandidateUnit) => namesOfUnit(unit, context).short;
  const interviews = (await candidatesOf(store)).filter(({ state }) => state === "proposed");
  const month = today.toPlainYearMonth().subtract({ months: 1 }).toString();
  const letters: string[] = [];
  for (const row of await warningCandidates(store, month))
    if (row.state === "proposed" && (await letterOfCandidate(row, store)) === null) letters.push(short(row));
  return { interviews: interviews.map(short), letters };
}
