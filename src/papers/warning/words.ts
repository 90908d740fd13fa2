import { changeWords } from "../../domain/air/change.ts";
import type { Improvement } from "../../domain/papers/improvement.ts";
import type { WarningAir, WarningGrounds, WarningTask } from "./judge.ts";

/** 同比下降1.2%，要求下降4.0%，差2.8个百分点; where nothing is asked 同比下降1.2%. */
export function meanImprovementWords({ actual, required, short }: Improvement): string {
  const change = `同比${changeWords(actual)}`;
  if (required === null) return change;
  const asked = required === 0 ? "要求不上升" : `要求下降${Math.abs(required).toFixed(1)}%`;
  return `${change}，${asked}${short > 0 ? `，差${short.toFixed(1)}个百分点` : ""}`;
}

export function rateImprovementWords({ actual, required, short }: Improvement): string {
  const change = `同比${changeWords(actual, "个百分点")}`;
  if (required === null) return change;
  const asked = required === 0 ? "要求不下降" : `要求上升${required.toFixed(1)}个百分点`;
  return `${change}，${asked}${short > 0 ? `，差${short.toFixed(1)}个百分点` : ""}`;
}

/** What of a county's air is said in a letter's first paragraph, sentence by sentence. */
export function airSentences(air: WarningAir): string[] {
  const { label, pm25, mean, ratePct, rate, rank, of, provincial, validDays } = air;
  return [
    pm25 === null
      ? `${label}PM2.5有效天数不足（有效${validDays}天），不予统计`
      : `${label}PM2.5平均浓度${pm25}微克/立方米（有效${validDays}天）${mean === null ? "，同比无法比较" : `，${meanImprovementWords(mean)}`}${rank === null ? "" : `，在全市${of}个县（市、区）中居第${rank}位`}`,
    ...(ratePct === null
      ? []
      : [`优良天数比率${ratePct.toFixed(1)}%${rate === null ? "" : `，${rateImprovementWords(rate)}`}`]),
    ...(provincial === null
      ? []
      : [
          provincial.of === null
            ? `最近一个月居全省第${provincial.rank}位`
            : `最近一个月在全省${provincial.of}个县（市、区）中居第${provincial.rank}位`,
        ]),
  ];
}

/** 第16条 油气回收治理改造项目（海安）：完成18个，目标≥42个，落后序时进度35.1% */
export function taskWords({ no, name, county, actual, target, behindPct }: WarningTask): string {
  const behind = behindPct === null ? "已过期限" : `落后序时进度${behindPct.toFixed(1)}%`;
  return `第${no}条${name}${county === null ? "" : `（${county}）`}：完成${actual}，目标${target}，${behind}`;
}

/** PM2.5同比下降1.2%（要求下降4.0%）；3项任务红色 */
export function groundsWords({ air, tasks }: WarningGrounds): string {
  const said = [
    ...(air?.mean && air.mean.short > 0 ? [`PM2.5${meanImprovementWords(air.mean)}`] : []),
    ...(air?.rate && air.rate.short > 0 ? [`优良率${rateImprovementWords(air.rate)}`] : []),
    ...(tasks.length > 0
      ? [`${tasks.length}项任务红色：${tasks[0]?.name ?? ""}${tasks.length > 1 ? "等" : ""}`]
      : []),
  ];
  return said.join("；") || "没有落后的数字";
}
