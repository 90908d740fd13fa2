import type { Block, Button } from "../../../chat/card.ts";
import type { Report } from "../../../chat/import.ts";
import { firstNamed } from "../../../chat/wording.ts";
import { lookButton, mergeButton } from "../../../issues/duplicates.ts";
import type { Issue } from "../../../store/issues.ts";

/** Issues that a ledger has brought. */
export type EnteredIssues = {
  /** Numbers of the new ones, in the order of the file. */
  numbers: readonly string[];
  /** New ones that may be the same as an earlier one. */
  suspected: readonly Suspected[];
  /** How many people have been told. */
  told: number;
  /** How many new rows name pictures, which have to be sent by themselves. */
  withPhotos: number;
  /** How many of the new ones were closed on paper and have come in as history. */
  closed: number;
  /** Numbers of those that the ledger has as closed, and that still stand here. */
  overOnPaper: readonly string[];
  /** How many rows say the same as another one of the file. */
  repeats: number;
};
export type Suspected = Pick<Issue, "id" | "version" | "no" | "title"> & {
  like: readonly Pick<Issue, "no" | "title">[];
};

/** What the answer says of a ledger beside its counts. */
export function reportOf(issues: EnteredIssues): Report {
  return { blocks: issueBlocks(issues), buttons: issueButtons(issues), facts: { issues } };
}

/** Suspects and buttons that the report has room for. */
const SUSPECTED = 10;
const WITH_BUTTONS = 3;

function issueBlocks(issues: EnteredIssues): Block[] {
  const { numbers, suspected, told, withPhotos, closed, overOnPaper, repeats } = issues;
  const [first, last] = [numbers[0], numbers.at(-1)];
  const notes = [
    first === undefined ? "" : `编号${first === last ? first : `${first}至${last}`}，已通知${told}人。`,
    closed > 0 ? `其中${closed}件台账上已销号，作为历史记录导入，不通知、不计时。` : "",
    repeats > 0 ? `另有${repeats}行与前面的行内容相同，不重复计。` : "",
    overOnPaper.length > 0
      ? `${numbersListed(overOnPaper)}台账写已销号，这里还没有，导入不改状态，请按流程复核销号。`
      : "",
    withPhotos > 0 ? `${withPhotos}件写有照片名，已记入经过；照片请另行发送，说明写问题编号。` : "",
    suspected.length > 0 ? "疑似重复的请核对，确属同一问题的可并案。" : "",
  ].filter(Boolean);
  return [
    ...(suspected.length > 0
      ? [
          { kind: "text" as const, tone: "notice" as const, text: `疑似重复：${suspected.length}件` },
          {
            kind: "table" as const,
            columns: [{ title: "编号" }, { title: "问题" }, { title: "疑似与" }],
            rows: suspected
              .slice(0, SUSPECTED)
              .map(({ no, title, like }) => [no, title, like.map((other) => other.no).join("、")]),
          },
        ]
      : []),
    ...(suspected.length > SUSPECTED
      ? [{ kind: "note" as const, text: `…共${suspected.length}件，列出前${SUSPECTED}件。` }]
      : []),
    ...(notes.length > 0 ? [{ kind: "note" as const, text: notes.join("") }] : []),
  ];
}

/** Numbers of issues, of many the first. */
export const numbersListed = (numbers: readonly string[]) => firstNamed(numbers, SUSPECTED, "件");

function issueButtons({ suspected }: EnteredIssues): Button[] {
  return suspected.slice(0, WITH_BUTTONS).flatMap((issue): Button[] => {
    const into = issue.like[0]?.no;
    if (into === undefined) return [];
    return [lookButton(issue.no), lookButton(into), mergeButton(issue, into, `${issue.no}并入${into}`)];
  });
}
