import type { Card } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { RecordKind } from "../domain/plan/pack-duties.ts";
import { recordButton } from "./record-card.ts";

const toRecords = says("工作记录");

/** What can be recorded and what its result should tell, each with its form; one alone where it was named. */
export function recordMenu(kind: RecordKind | null, { records }: Pick<PlanPack, "records">): Card | Refusal {
  if (records.length === 0) return refuse("no-data", "这份计划没有要逐次记录的事项。");
  const kinds = kind === null ? records : [kind];
  return {
    title: kind === null ? "记什么？" : `记${kind.name}`,
    blocks: [
      {
        kind: "table",
        columns: [{ title: "事项" }, { title: "结果写明" }],
        rows: kinds.map(({ name, asks }) => [name, asks]),
      },
      {
        kind: "note",
        text: `也可以一句话：记录 ${kinds[0]?.name ?? ""} “结果” 地点 “在哪里” 昨天；不写日期为今天`,
      },
    ],
    buttons: [...kinds.map(recordButton), toRecords("工作记录")],
    facts: { kinds: kinds.map(({ id, name }) => ({ id, name })) },
  };
}
