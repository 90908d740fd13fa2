import type { Block } from "../../../chat/card.ts";
import type { Importing, Report } from "../../../chat/import.ts";
import { stateWords } from "../../../issues/card.ts";
import type { Issue } from "../../../store/issues.ts";

/** A row that came before, and what has become of it since. */
export type CameBefore = { reference: string; issue: Issue; isChanged: boolean };

/** Rows that came before that the report names; the rest are counted. */
const NAMED = 100;

/** What the answer says of an intake beside what it says of any new problems: which came before, and which wait for the office. */
export function intakeReport(
  report: Report,
  { before, drafts }: { before: readonly CameBefore[]; drafts: number },
  context: Pick<Importing, "office" | "today">,
): Report {
  const changed = before.filter(({ isChanged }) => isChanged).length;
  const waiting: Block[] =
    drafts === 0
      ? []
      : [{ kind: "note", text: `${drafts}件没有写明县（市、区），已列入待交办（“问题 待交办”）。` }];
  const known: Block[] =
    before.length === 0
      ? []
      : [
          { kind: "text", tone: "notice", text: `以前来过、没有重复登记：${before.length}件` },
          {
            kind: "table",
            columns: [{ title: "来件编号" }, { title: "问题编号" }, { title: "办理" }],
            rows: before
              .slice(0, NAMED)
              .map(({ reference, issue, isChanged }) => [
                reference,
                issue.no,
                `${stateWords(issue, context)}${isChanged ? "（本次内容有变化）" : ""}`,
              ]),
          },
          ...(before.length > NAMED
            ? [{ kind: "note" as const, text: `…共${before.length}件，列出前${NAMED}件。` }]
            : []),
          ...(changed > 0
            ? [
                {
                  kind: "note" as const,
                  text: `${changed}件本次内容与上次不同，没有改动；需要更正的请打开问题办理“更正”。`,
                },
              ]
            : []),
        ];
  return {
    ...report,
    blocks: [...waiting, ...report.blocks, ...known],
    facts: {
      ...report.facts,
      intakes: { drafts, before: before.map(({ reference, issue }) => ({ reference, no: issue.no })) },
    },
  };
}
