import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button } from "../chat/card.ts";
import {
  ALERT_LEVELS,
  type AlertLevel,
  compareLevels,
  isAlertLevel,
  levelWords,
} from "../domain/responses/levels.ts";
import type { ResponseRow } from "../store/responses.ts";

const levelChoices = Object.fromEntries(ALERT_LEVELS.map((level) => [levelWords[level], level])) as Record<
  string,
  AlertLevel
>;
const START = { hint: "如“12月11日0时”，不填为现在" };
const END = { hint: "如“12月13日24时”，不知道可不填" };
const DOCUMENT = { maxLength: 60, hint: "省级文件的文号" };

/** What starts a response. `drill`: a rehearsal. */
export const START_FORM = z.object({
  level: arg.choice("级别", levelChoices),
  documentNo: arg.text("文号", DOCUMENT),
  start: arg.maybe.text("启动时间", { ...START, maxLength: 40 }),
  end: arg.maybe.text("预计解除时间", { ...END, maxLength: 40 }),
  area: arg.maybe.counties({ hint: "不填为全市，几个县（市、区）用顿号隔开" }),
  drill: arg.maybe.choice("是否演练", { 演练: "drill" }),
});
export const SHAVING_FORM = z.object({
  start: arg.maybe.text("开始时间", { ...START, maxLength: 40 }),
  end: arg.text("结束时间", { hint: "如“12月11日20时”", maxLength: 40 }),
  area: arg.maybe.counties({ hint: "不填为全市，几个县（市、区）用顿号隔开" }),
  documentNo: arg.maybe.text("文号", { maxLength: 60, hint: "没有可不填" }),
  drill: arg.maybe.choice("是否演练", { 演练: "drill" }),
});
export const LEVEL_FORM = z.object({
  level: arg.choice("调整为", levelChoices),
  documentNo: arg.text("文号", DOCUMENT),
  start: arg.maybe.text("生效时间", { ...START, maxLength: 40 }),
  end: arg.maybe.text("预计解除时间", { ...END, maxLength: 40 }),
});
export const LIFT_FORM = z.object({
  documentNo: arg.text("解除文号", { maxLength: 60, hint: "省级解除文件的文号；演练、削峰可写“演练结束”等" }),
});

const startButton = buttonsOf("response.start", START_FORM);
const shaveButton = buttonsOf("response.shave", SHAVING_FORM);
const levelButton = buttonsOf("response.level", LEVEL_FORM);
const liftButton = buttonsOf("response.lift", LIFT_FORM);

type Values = Readonly<Record<string, string>>;

/** 启动响应, with what is known of it already. `evidence`: the order, where it was sent as a file; 0 for none. */
export const startResponseButton = (values: Values = {}, evidence = 0, label = "启动响应"): Button =>
  startButton(label, { evidence }, { style: "primary", values });
export const startShavingButton = (values: Values = {}): Button =>
  shaveButton(values.drill === undefined ? "启动削峰" : "组织演练", { evidence: 0 }, { values });

/** 升级 or 降级 of a running response, with what is known of it already. `evidence`: the order, where it was sent as a file. */
export const changeLevelButton = (
  label: string,
  { id, round, drill }: Pick<ResponseRow, "id" | "round" | "drill">,
  values: Values,
  evidence = 0,
): Button => levelButton(`${drill ? "演练" : ""}${label}`, { response: id, round, evidence }, { values });
export const liftResponseButton = (
  { id, drill }: Pick<ResponseRow, "id" | "drill">,
  values: Values = drill ? { documentNo: "演练结束" } : {},
  evidence = 0,
): Button =>
  liftButton(`${drill ? "演练" : ""}解除`, { response: id, evidence }, { style: "danger", values });

/** 升级, 降级, 解除: what can be done with a running response. */
export function changeButtons(response: ResponseRow): Button[] {
  const { level, endedAt } = response;
  if (endedAt !== null) return [];
  const others = level !== null && isAlertLevel(level) ? ALERT_LEVELS.filter((other) => other !== level) : [];
  const towards = (up: boolean) =>
    others.filter((other) => level !== null && isAlertLevel(level) && compareLevels(other, level) > 0 === up);
  const change = (label: string, levels: readonly AlertLevel[]) => {
    // The nearest level is the likeliest.
    const near = label === "升级" ? levels[0] : levels.at(-1);
    return near === undefined ? [] : [changeLevelButton(label, response, { level: levelWords[near] })];
  };
  return [...change("升级", towards(true)), ...change("降级", towards(false)), liftResponseButton(response)];
}
