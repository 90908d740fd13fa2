import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { longDate, shortDate } from "../chat/wording.ts";
import type { RecordKind } from "../domain/plan/pack-duties.ts";
import type { DutyRecord } from "../store/duty-records.ts";
import type { Person } from "../store/people.ts";
import { recordName } from "./kinds.ts";
import { withdraws } from "./record-rights.ts";

const toRecords = says("工作记录");

/** What is asked of something that was done; the kind is the button's. */
export const RECORD_FORM = z.object({
  result: arg.longtext("结果", { maxLength: 500, hint: "做了什么、查到什么、怎么处理" }),
  period: arg.maybe.period(),
  county: arg.maybe.county(),
  place: arg.maybe.text("地点", { maxLength: 100 }),
});
export const WITHDRAW_RECORD_FORM = z.object({ text: arg.longtext("撤回原因", { maxLength: 200 }) });

const enter = buttonsOf("record.enter", RECORD_FORM);
const withdraw = buttonsOf("record.withdraw", WITHDRAW_RECORD_FORM);

/** 记：a button a kind, with its form. */
export const recordButton = ({ id, name }: RecordKind): Button => enter(`记${name}`, { kind: id });

type Around = Pick<Context<unknown>, "office" | "today">;

/** Where it was: the county as it is called today, or the whole city. */
export const recordPlace = ({ regionId }: Pick<DutyRecord, "regionId">, { office, today }: Around): string =>
  regionId === null ? "全市" : office.heirOn(regionId, today).short;

/** One thing that was done, with what its reader may do with it. */
export function recordCard(record: DutyRecord, person: Person, around: Around, title?: string): Card {
  const { office } = around;
  const { id, kind, date, place, result, by, departmentId, withdrawnAt, withdrawnWhy } = record;
  const name = recordName(kind, office.pack);
  const items = [
    { label: "日期", value: longDate(Temporal.PlainDate.from(date)) },
    { label: "地区", value: recordPlace(record, around) },
    ...(place === null ? [] : [{ label: "地点", value: place }]),
    { label: "结果", value: result },
    ...(departmentId === null ? [] : [{ label: "部门", value: office.department(departmentId).short }]),
    { label: "记录人", value: by ?? "—" },
    ...(withdrawnAt === null ? [] : [{ label: "已撤回", value: withdrawnWhy ?? "—" }]),
  ];
  const mayWithdraw = withdrawnAt === null && withdraws(person, record);
  return {
    title: title ?? `${name}（记录${id}号）`,
    subject: `duty-record:${id}`,
    blocks: [{ kind: "facts", items }],
    buttons: [
      ...(mayWithdraw ? [withdraw("撤回记录", { record: id }, { style: "danger" })] : []),
      toRecords(`${name}记录`, name),
    ],
    facts: { record: recordFacts(record, around) },
  };
}

export const recordFacts = (record: DutyRecord, around: Around) => ({
  id: record.id,
  kind: record.kind,
  county: record.regionId === null ? null : recordPlace(record, around),
  date: record.date,
  place: record.place,
  result: record.result,
  by: record.by,
  withdrawn: record.withdrawnAt !== null,
});

/** Records as rows, each of which opens. */
export function recordTable(rows: readonly DutyRecord[], around: Around) {
  return {
    kind: "table" as const,
    columns: ["编号", "日期", "事项", "地区", "地点", "结果", "记录人"].map((title) => ({ title })),
    rows: rows.map((row) => [
      `${row.id}`,
      shortDate(row.date),
      recordName(row.kind, around.office.pack),
      recordPlace(row, around),
      row.place ?? "",
      row.result,
      row.by ?? "",
    ]),
    opens: rows.map(({ id }) => toRecords("", id).say),
  };
}
