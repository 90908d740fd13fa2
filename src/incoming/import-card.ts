import type { Block, Card } from "../chat/card.ts";
import { holdsRole } from "../domain/posts.ts";
import type { TableReading } from "../intake/reading.ts";
import type { Rejected } from "../intake/refusal.ts";
import { affectedWords, correctButtons } from "../papers/affected.ts";
import type { Person } from "../store/people.ts";
import { causesOf } from "./causes.ts";
import type { BroughtIn, NotBroughtIn } from "./import-file.ts";

/** Causes that the report lists; the rest are counted. */
const LISTED = 50;

/** What came of a file that somebody sent to the bot: the counts, or what is wrong in which row. `by`: null for the terminal. */
export function importCard(name: string, result: BroughtIn | NotBroughtIn, by: Person | null = null): Card {
  const faults = faultBlocks(result.rejected);
  if ("code" in result) {
    const blocks = [{ kind: "text" as const, text: result.message }, ...readBlocks(result.read), ...faults];
    return { title: `没有导入：${name}`, tone: "bad", blocks };
  }
  const { rows, added, corrected, unchanged, report } = result;
  const items = [
    { label: "读入", value: `${rows}行` },
    { label: "新增", value: String(added) },
    { label: "更正", value: String(corrected) },
    { label: "未变", value: String(unchanged) },
    ...(result.batch === null ? [] : [{ label: "导入编号", value: String(result.batch) }]),
  ];
  const notice = (text: string) => ({ kind: "text" as const, text, tone: "notice" as const });
  const same = result.sameAs === null ? [] : [notice(result.sameAs.words)];
  const mayCorrect = by === null || holdsRole(by, "office");
  const affected = result.affected.map((one) => notice(affectedWords(one, mayCorrect)));
  const buttons = [...(mayCorrect ? correctButtons(result.affected) : []), ...(report?.buttons ?? [])];
  return {
    title: `已导入：${name}`,
    tone: "good",
    blocks: [
      { kind: "facts", items },
      ...readBlocks(result.read),
      ...same,
      ...affected,
      ...(report?.blocks ?? []),
      ...faults,
    ],
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

/** What was read of the file and what was left aside: it always stands in the answer. */
const readBlocks = (read: TableReading | undefined): Block[] =>
  read === undefined || read.lines.length === 0 ? [] : [{ kind: "note", text: read.lines.join("\n") }];

function faultBlocks(rejected: readonly Rejected[]): Block[] {
  if (rejected.length === 0) return [];
  const causes = causesOf(rejected);
  const table: Block = {
    kind: "table",
    columns: [{ title: "位置" }, { title: "列" }, { title: "内容" }, { title: "原因" }],
    rows: causes.slice(0, LISTED).map(({ where, column, value, reason }) => [where, column, value, reason]),
  };
  if (causes.length <= LISTED) return [table];
  const text = `…共${rejected.length}处，列出前${LISTED}类；改好后重发可看其余。`;
  return [table, { kind: "note", text }];
}
