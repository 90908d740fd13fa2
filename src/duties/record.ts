import { scopeName, scopeOf } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { yearHint } from "../chat/wording.ts";
import { monthOfDay } from "../domain/months.ts";
import type { Period } from "../domain/period.ts";
import type { RecordKind } from "../domain/plan/pack-duties.ts";
import type { Place } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { recordCard, recordPlace } from "./record-card.ts";
import { recordingPost } from "./record-rights.ts";

/** What somebody says of a thing that was done; without a day it was today, without a county where they belong. */
export type SaidRecord = {
  kind: RecordKind;
  result: string;
  period?: Period | undefined;
  county?: Place | undefined;
  place?: string | undefined;
};

/** 记录: writes down what was done once, in the caller's transaction. Nobody is told: who needs it finds it. */
export async function recordDone(
  { kind, result, period, county, place }: SaidRecord,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, today, now } = context;
  const post = recordingPost(person);
  if (post === undefined) return refuse("forbidden", "工作记录由市办、督查、部门和县（市、区）填写。");
  const own = scopeOf(post, office, today);
  const home = post.regionId === null ? null : office.heirOn(post.regionId, today).id;
  const regionId = county === undefined ? home : office.heirOf(county, today).id;
  if (own !== null && (regionId === null || !own.includes(regionId)))
    return refuse("forbidden", `您只能记录${scopeName(post, office, today)}的工作。`);
  const day = period?.from ?? today;
  if (period !== undefined && !period.from.equals(period.to))
    return refuse("bad-date", `“${period.label}”不是一天，请写做完的那一天，例如“6月12日”。`);
  if (Temporal.PlainDate.compare(day, today) > 0)
    return refuse("bad-date", `日期还没有到，请在做完以后记录；${yearHint(day, -1)}。`);
  const [said, where, date] = [result.trim(), place?.trim() || null, day.toString()];
  if (said === "") return refuse("usage", `请写明结果：${kind.asks}。`);
  const sameDay = await store.dutyRecords.list({ from: date, to: date, kind: kind.id });
  const twin = sameDay.find((one) => one.regionId === regionId && one.place === where && one.result === said);
  if (twin !== undefined)
    return refuse("already-done", `这件事已经记过（记录${twin.id}号），不用再记。`, [`工作记录 ${twin.id}`]);
  const id = await store.dutyRecords.add({
    ...{ kind: kind.id, regionId, departmentId: post.departmentId, date, place: where, result: said },
    ...{ personId: person.id, recordedAt: now.epochMilliseconds },
  });
  const record = await store.dutyRecords.byId(id);
  if (record === null) throw new Error(`duty record ${id} is missing within its own transaction`);
  const month = monthOfDay(day);
  const n = await store.dutyRecords.count({
    kind: kind.id,
    regionIds: regionId === null ? null : office.lineage(regionId),
    from: month.from.toString(),
    to: month.to.toString(),
  });
  const card = recordCard(record, person, context, `已记录：${kind.name}（记录${id}号）`);
  const counted = `${recordPlace(record, context)}${month.label}第${n}次${kind.name}`;
  return {
    ...card,
    tone: "good",
    blocks: [...card.blocks, { kind: "note", text: `${counted}，会商材料里会列出` }],
    audit: { kind: kind.id, region: regionId, date, place: where, result: said },
  };
}
