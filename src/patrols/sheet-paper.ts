import { z } from "zod";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import { type Period, periodOf } from "../domain/period.ts";
import { nameOfBoth } from "../domain/posts.ts";
import { stateWords } from "../issues/card.ts";
import type { Office } from "../office/office.ts";
import { fileNames } from "../output/file-names.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import { OUTCOME_WORDS, offStationWords, photosWords } from "./card.ts";
import { patrolsOver, type StationPatrols } from "./sheet.ts";
import { type ChiefsStation, stationsSeen } from "./stations.ts";

/** Which stations' patrols: those of a county by its short name, or all that the reader sees. */
export const stationsOf = (seen: readonly ChiefsStation[], county: string): readonly ChiefsStation[] =>
  county === "" ? seen : seen.filter((one) => one.county.short === county);

/** 点位长巡查月表: a row a station, and each patrol on a sheet of its own. */
export const patrolSheet = paper({
  name: "patrols.sheet",
  params: z.object({ county: z.string(), from: z.string(), to: z.string() }),
  async data({ params: { county, from, to }, person }, context) {
    const stations = stationsOf(await stationsSeen(person, context), county);
    if (stations.length === 0) return refuse("no-data", "没有可以看的巡查点位。", ["巡查"]);
    const period = periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
    const rows = await patrolsOver(stations, period, context);
    return {
      title: sheetTitle(county, period),
      sum: rows.map(sumRow),
      each: rows.flatMap((row) => patrolRows(row, context)),
    };
  },
  async render({ title, sum, each }, { marks }) {
    const [name = ""] = fileNames([`${title}.xlsx`]);
    const sheets = [
      { name: "汇总", title, columns: SUM_COLUMNS, rows: sum, notes: [SHEET_NOTE] },
      { name: "明细", title: `${title}明细`, columns: EACH_COLUMNS, rows: each },
    ];
    return { name, type: XLSX, bytes: await workbook(sheets, marks) };
  },
});

export const sheetTitle = (county: string, { label }: Period): string => `${county}点位长巡查（${label}）`;

/** How the sheet counts. */
export const SHEET_NOTE = "同一点位一天算一次；应巡、漏巡按已过完的周计，一周计入其周一所在的月份";

const whole = { decimals: 0 };
const SUM_COLUMNS = [
  { title: "地区" },
  { title: "点位" },
  { title: "点位长" },
  { title: "巡查", kind: whole },
  { title: "应巡", kind: whole },
  { title: "漏巡", kind: whole },
  { title: "发现问题", kind: whole },
  { title: "已销号", kind: whole },
];
/** Heads of the table that a card shows: the same as the workbook's. */
export const SUM_HEADS = SUM_COLUMNS.map(({ title }) => title);
export const sumRow = ({ of, days, owed, missed, finds, closed }: StationPatrols) => [
  ...[of.county.short, of.station.name, of.chiefs.map(({ name }) => name).join("、")],
  ...[days, owed, missed, finds, closed],
];

const EACH_COLUMNS = [
  "时间",
  "地区",
  "点位",
  "巡查人",
  "距点位",
  "照片",
  "结果",
  "情况",
  "问题编号",
  "办理状态",
].map((title) => ({ title }));

function patrolRows({ of, patrols }: StationPatrols, around: { office: Office; today: Temporal.PlainDate }) {
  return patrols.map((one) => [
    shortTime(around.office.local(Temporal.Instant.fromEpochMilliseconds(one.at))),
    of.county.short,
    of.station.name,
    nameOfBoth(one.by, one.behalf ? { name: one.behalf } : null),
    offStationWords(one, of.station),
    photosWords(one.photos, around.office),
    one.outcome === null ? "未填" : OUTCOME_WORDS[one.outcome],
    one.words ?? "",
    one.issue?.no ?? "",
    one.issue === null ? "" : stateWords(one.issue, around),
  ]);
}
