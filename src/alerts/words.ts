import { HOUR_LABELS } from "../air/live-words.ts";
import { figure } from "../chat/wording.ts";
import type { HourCheck } from "../domain/air/hour-checks.ts";
import type { HourlyItem } from "../domain/air/hours.ts";
import type { AlertRule } from "../domain/alerts/readings.ts";
import type { Alert } from "../store/alerts.ts";

/** What an anomaly is called by its rule. */
export const RULE_WORDS: Readonly<Record<AlertRule, string>> = {
  level: "浓度超标",
  neighbours: "高于周边",
  surge: "快速上升",
  missing: "缺测",
  doubt: "数据存疑",
};
/** By its class; a rule that has only one isn't called by it. */
const RUNG_WORDS = ["", "轻度", "中度", "重度"];
export const CHECK_WORDS: Readonly<Record<HourCheck, string>> = {
  negative: "负值",
  range: "超出量程",
  zero: "连续为0",
  flat: "长时间不变",
  inversion: "PM2.5高于PM10",
  jump: "单小时跳升",
};
export const STATE_WORDS: Readonly<Record<string, string>> = {
  on: "持续中",
  over: "已解除",
  lapsed: "数据中断",
  withdrawn: "数据已更正或存疑，不成立",
};

export const subjectOfAlert = (id: number) => `alert:${id}`;

export const itemWords = (item: string): string => HOUR_LABELS[item as HourlyItem] ?? "";

/** 168微克/立方米; CO in mg/m³. */
export function amountWords(item: string, value: number | null): string {
  if (value === null) return "—";
  return item === "CO" ? `${figure(value / 10, 1)}mg/m³` : `${figure(value)}µg/m³`;
}

/** 演示·海安一号站 PM2.5 浓度超标（中度）. */
export function alertName({ rule, item, rung, peak, state }: Alert, station: string): string {
  const of = state === "on" ? rung : peak;
  const grade = rule === "level" ? `（${RUNG_WORDS[of] ?? ""}）` : "";
  return `${station}${itemWords(item)}${RULE_WORDS[rule as AlertRule] ?? rule}${grade}`;
}
