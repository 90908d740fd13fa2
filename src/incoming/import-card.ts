import type { Block, Card } from "../chat/card.ts";
import type { Refusal } from "../chat/refusal.ts";
import type { Rejected } from "../intake/refusal.ts";
import type { BroughtIn } from "./import-file.ts";
import { affectedWords } from "./published.ts";

/** Bad values that the report lists; the rest are counted. */
const LISTED = 50;

/** What came of a file that somebody sent to the bot: the counts, or what is wrong in which row. */
export function importCard(
  name: string,
  result: BroughtIn | (Refusal & { rejected: readonly Rejected[] }),
): Card {
  const faults = faultBlocks(result.rejected);
  if ("code" in result) {
    const blocks = [{ kind: "text" as const, text: result.message }, ...faults];
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
  const affected = result.affected.map((one) => notice(affectedWords(one)));
  return {
    title: `已导入：${name}`,
    tone: "good",
    blocks: [{ kind: "facts", items }, ...same, ...affected, ...(report?.blocks ?? []), ...faults],
    ...(report?.buttons ? { buttons: report.buttons } : {}),
  };
}

function faultBlocks(rejected: readonly Rejected[]): Block[] {
  if (rejected.length === 0) return [];
  const table: Block = {
    kind: "table",
    columns: [{ title: "位置" }, { title: "列" }, { title: "内容" }, { title: "原因" }],
    rows: rejected
      .slice(0, LISTED)
      .map((r) => [`${r.sheet ? `${r.sheet} ` : ""}第${r.row}行`, r.column, r.value, r.reason]),
  };
  if (rejected.length <= LISTED) return [table];
  const text = `…共${rejected.length}处，列出前${LISTED}处；改好后重发可看其余。`;
  return [table, { kind: "note", text }];
}
