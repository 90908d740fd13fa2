import { type Refusal, refuse } from "../chat/refusal.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { RecordKind } from "../domain/plan/pack-duties.ts";

/** The kind of thing that is recorded which somebody names, by its name, another name or its id. */
export function recordKindNamed(word: string, { records }: Pick<PlanPack, "records">): RecordKind | Refusal {
  const said = word.trim();
  const found = records.find(({ id, name, aliases }) => [id, name, ...aliases].includes(said));
  if (found !== undefined) return found;
  if (records.length === 0) return refuse("no-data", "这份计划没有要逐次记录的事项。");
  const names = records.map(({ name }) => name);
  const asks = said === "" ? "请说明记什么" : `没有“${said.slice(0, 20)}”这类事项`;
  return refuse("usage", `${asks}，可选：${names.join("、")}。`, ["记录"]);
}

/** What is recorded under an id; a pack of another year may have it no more. */
export const recordName = (id: string, { records }: Pick<PlanPack, "records">): string =>
  records.find((kind) => kind.id === id)?.name ?? id;
