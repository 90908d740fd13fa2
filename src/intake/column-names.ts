import { POLLUTANTS, type Pollutant } from "../domain/air/day.ts";
import { type FileRefusal, quoted } from "./refusal.ts";

/** A column that some table of ours has. */
export type Column =
  | Pollutant
  | "date"
  | "county"
  | "station"
  | "indicator"
  | "constraint"
  | "stretch"
  | IssueColumn;
/** Those of a ledger of issues, beside 县区. */
export type IssueColumn =
  | "no"
  | "source"
  | "batch"
  | "town"
  | "place"
  | "problem"
  | "category"
  | "level"
  | "department"
  | "assigned"
  | "due"
  | "photos";

/** Heads by column, Chinese first: that one is shown. Folded as by `fold`, so signs, blanks and case don't matter. */
const HEADS: Readonly<Record<Column, string>> = {
  date: "日期 date 监测日期",
  county: "县区 county 县市区 区县 县 地区 区域 行政区 责任地区 属地县区",
  station: "站点 station 点位 站点名称 点位名称 监测站点 监测点位",
  "PM2.5": "PM2.5 细颗粒物",
  PM10: "PM10 可吸入颗粒物",
  SO2: "SO2 二氧化硫",
  NO2: "NO2 二氧化氮",
  CO: "CO 一氧化碳",
  O3_8h: "O3_8h O3 臭氧 O3-8小时 臭氧8h 臭氧8小时 O3MDA8 O3_8hmax 臭氧日最大8小时 臭氧日最大8小时滑动平均",
  indicator: "指标 indicator 指标名称",
  constraint: "约束性 constraint 约束性目标 约束目标 约束值",
  stretch: "奋斗 stretch 奋斗目标 奋斗值",
  no: "编号 no number 问题编号 交办编号",
  source: "来源 source 问题来源",
  batch: "批次 batch 交办批次",
  town: "属地镇街 town 镇街 镇街道 乡镇街道 属地镇街道 所属镇街 所在镇街",
  place: "点位/企业 place 点位企业 企业/点位 企业点位 企业 地点 问题地点 企业名称 地址",
  problem: "问题描述 problem description title 存在问题 问题 问题内容 具体问题",
  category: "类别 category 问题类别 问题类型",
  level: "等级 level 问题等级",
  department: "责任单位 department assignee unit 责任部门",
  assigned: "交办时间 assigned assignedat 交办日期",
  due: "整改时限 due deadline 整改期限 办结时限",
  photos: "照片 photos 照片名称 附件照片",
};

const COLUMN_OF_HEAD: ReadonlyMap<string, Column> = new Map(
  (Object.keys(HEADS) as Column[]).flatMap((column) =>
    HEADS[column].split(" ").map((head) => [fold(head), column] as const),
  ),
);

const UNIT = /(?<milli>mg|毫克)|(?<micro>μg|ug|微克)/;
/** Words that say which mean it is, or how a date is written, and change nothing in a table of days. */
const QUALIFIER =
  /^(日均值?|日平均|日均浓度|浓度|均值|平均|24h|24小时|24小时平均|8h|8小时|mda8|日最大8小时滑动平均|日最大8小时|年|月|日|年月日|yyyymmdd)$/;
const QUALIFIER_AT_END = /(日均值|日均浓度|平均浓度|日平均|浓度|均值|日均|24小时平均|24h)$/;

/**
 * The column that a head names: in Chinese or English, with or without a unit, 细颗粒物(PM2.5), O₃_8h, PM2.5日均浓度(μg/m³).
 * A unit that isn't the column's is refused, because every value under it would be wrong by a factor of a thousand.
 * @returns null for a head that isn't ours; PM2.5(IAQI) and O3-8h-90per are such.
 */
export function columnOf(head: string): Column | FileRefusal | null {
  const text = head.normalize("NFKC").toLowerCase();
  const column = COLUMN_OF_HEAD.get(fold(text)) ?? columnInParts(text);
  const unit = UNIT.exec(text)?.groups;
  if (column === null || unit === undefined || !isPollutant(column)) return column;
  const wanted = column === "CO" ? "milli" : "micro";
  if (unit[wanted] !== undefined) return column;
  return {
    refusal: `“${quoted(head.trim())}”的单位不对：${columnName(column)}应为${column === "CO" ? " mg/m³" : " μg/m³"}，请换算后再发。`,
  };
}

/** The column's name for people, e.g. 日期, PM2.5. */
export function columnName(column: Column): string {
  return HEADS[column].split(" ")[0] ?? column;
}

/** What stands before, within and after brackets must all be the same column, a unit or a qualifier. */
function columnInParts(text: string): Column | null {
  const parts = text
    .split(/[()[\]{}【】/]|(?=μg|ug|mg|微克|毫克)/)
    .map(fold)
    .filter((part) => part !== "");
  const found = new Set<Column>();
  for (const part of parts) {
    if (UNIT.test(part) || /^(m3|立方米|单位|%)$/.test(part) || QUALIFIER.test(part)) continue;
    const column = COLUMN_OF_HEAD.get(part) ?? COLUMN_OF_HEAD.get(part.replace(QUALIFIER_AT_END, ""));
    if (column === undefined) return null;
    found.add(column);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

function isPollutant(column: Column): column is Pollutant {
  return (POLLUTANTS as readonly string[]).includes(column);
}

/** Half width, lower case, without blanks and signs: O₃_8h, O3-8h and ｏ３ ８ｈ are the same. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-–—.·,、:()[\]]/g, "");
}
