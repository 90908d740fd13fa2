import type { Button, Card } from "../chat/card.ts";
import type { Refusal } from "../chat/refusal.ts";
import { lookButton, mergeButton } from "../issues/duplicates.ts";
import type { BroughtIn } from "./import-file.ts";
import type { EnteredIssues } from "./prepared.ts";

/** Bad values that the report lists; the rest are counted. */
const LISTED = 50;

/** What came of a file that somebody sent to the bot: the counts, or what is wrong in which row. */
export function importCard(
  name: string,
  result: BroughtIn | (Refusal & { rejected: BroughtIn["rejected"] }),
): Card {
  const { rejected } = result;
  const issues = "code" in result ? undefined : result.issues;
  const faults: Card["blocks"] =
    rejected.length === 0
      ? []
      : [
          {
            kind: "table",
            columns: [{ title: "位置" }, { title: "列" }, { title: "内容" }, { title: "原因" }],
            rows: rejected
              .slice(0, LISTED)
              .map((r) => [`${r.sheet ? `${r.sheet} ` : ""}第${r.row}行`, r.column, r.value, r.reason]),
          },
          ...(rejected.length > LISTED
            ? [
                {
                  kind: "note" as const,
                  text: `…共${rejected.length}处，列出前${LISTED}处；改好后重发可看其余。`,
                },
              ]
            : []),
        ];
  if ("code" in result) {
    const blocks = [{ kind: "text" as const, text: result.message }, ...faults];
    return { title: `没有导入：${name}`, tone: "bad", blocks };
  }
  const items = [
    { label: "读入", value: `${result.rows}行` },
    { label: "新增", value: String(result.added) },
    { label: "更正", value: String(result.corrected) },
    { label: "未变", value: String(result.unchanged) },
  ];
  const affected = result.affected.map(({ title, period }) => ({
    kind: "text" as const,
    text: `已发布的${title}（${period}）用的是旧值，请考虑更正。`,
    tone: "notice" as const,
  }));
  return {
    title: `已导入：${name}`,
    tone: "good",
    blocks: [{ kind: "facts", items }, ...affected, ...(issues ? issueBlocks(issues) : []), ...faults],
    ...(issues ? { buttons: issueButtons(issues) } : {}),
  };
}

/** Suspects and buttons that the report has room for. */
const SUSPECTED = 10;
const WITH_BUTTONS = 3;

function issueBlocks({ numbers, suspected, told, withPhotos }: EnteredIssues): Card["blocks"] {
  const [first, last] = [numbers[0], numbers.at(-1)];
  const notes = [
    first === undefined ? "" : `编号${first === last ? first : `${first}至${last}`}，已通知${told}人。`,
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

function issueButtons({ suspected }: EnteredIssues): Button[] {
  return suspected.slice(0, WITH_BUTTONS).flatMap((issue): Button[] => {
    const into = issue.like[0]?.no;
    if (into === undefined) return [];
    return [lookButton(issue.no), lookButton(into), mergeButton(issue, into, `${issue.no}并入${into}`)];
  });
}
