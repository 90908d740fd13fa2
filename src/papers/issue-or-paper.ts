import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { kindOfPaper, noOf } from "./kind-of.ts";
import { paperSeen } from "./sees.ts";
import { termsOf } from "./terms.ts";

const toIssue = says("问题");
const toPaper = says("文件");

/** What a word does with papers as well as with issues, and with which papers of this person's. */
const MEANT = {
  退回: (row: OfficialPaperRow, person: Person, context: Context<Reader>) =>
    (row.state === "checked" || row.state === "signed") &&
    holdsRole(person, "office", termsOf(kindOfPaper(row, context), context.office.pack).by),
  // An order is taken back at once or not at all: where there is one, it is meant.
  撤回: () => false,
  更正: (row: OfficialPaperRow, person: Person) => row.state === "issued" && holdsRole(person, "office"),
} as const;

/**
 * The paper that a bare number may mean as well as an issue of this year: 退回 12号. Null where there is none that the word could be
 * about; where no issue has the number, a paper is meant in whatever state it is, and says itself what can't be done.
 */
export async function paperMeantBy(
  issueNo: string,
  word: keyof typeof MEANT,
  issue: object,
  person: Person,
  context: Context<Reader>,
): Promise<OfficialPaperRow | null> {
  if (!issueNo.includes(`-${context.today.year}-`)) return null;
  const row = await paperSeen(Number(issueNo.slice(-6)), person, context);
  const isPapers = isRefusal(issue) && issue.code === "unknown-issue";
  return !isRefusal(row) && (isPapers || MEANT[word](row, person, context)) ? row : null;
}

/** What is answered where neither a paper nor an issue has the number. */
export function neitherOf(issueNo: string, refusal: Refusal): Refusal {
  if (refusal.code !== "unknown-issue") return refusal;
  return { ...refusal, message: `没有${Number(issueNo.slice(-6))}号文件，也${refusal.message}` };
}

/** Asks which of the two was meant. */
export function whichOfBoth(row: OfficialPaperRow, issue: { no: string; title: string }, word: string): Card {
  return {
    title: `${noOf(row)}是文件还是问题？`,
    tone: "notice",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: `文件 ${noOf(row)}`, value: row.title },
          { label: `问题 ${issue.no}`, value: issue.title },
        ],
      },
      { kind: "text", text: `还没有${word}。请打开其中一件再办。` },
    ],
    buttons: [toPaper("是文件", noOf(row)), toIssue("是问题", issue.no)],
    facts: { asks: [noOf(row), issue.no] },
  };
}
