import type { Cell } from "../../../chat/import.ts";
import { plain } from "../../../chat/wording.ts";
import type { Indicator, Measure } from "../../../domain/plan/pack.ts";
import type { Read } from "../../../domain/reading.ts";
import { quoted } from "../../../intake/refusal.ts";
import { outOfRange } from "../../../plan/reporting.ts";

/** 15, 第15条, 任务15, S1. */
export const namedMeasure: Cell<Measure> =
  ({ names }) =>
  (text) => {
    const number = text
      .normalize("NFKC")
      .replace(/^\s*(任务|措施)/, "")
      .trim();
    const found = names.measure(number);
    return found
      ? { value: found }
      : { reason: `没有编号为“${quoted(text.trim())}”的措施，请填编号，例如 15` };
  };

/** An indicator by its name or id, one of the measure's where the row names one. */
export const namedIndicator: Cell<Indicator> =
  ({ office }) =>
  (text, before) => {
    const name = text.normalize("NFC").trim();
    const found = office.pack.indicators.find((i) => i.id === name || i.name === name);
    const of = before.measure as Measure | null | undefined;
    if (found === undefined) {
      const own = of ? office.indicatorsOf(of.no).map((i) => i.name) : [];
      const may = own.length === 0 ? "" : `；措施${of?.no}的指标有：${own.join("、")}`;
      return { reason: `没有名为“${quoted(name)}”的指标，请按计划里的名称填写${may}` };
    }
    if (of && found.measure !== of.no)
      return { reason: `这是措施${found.measure}的指标，不是措施${of.no}的，请核对` };
    return { value: found };
  };

/** What is reached, as decimal text in the indicator's unit: 88, 88项, 已完成. Of an unknown indicator nothing can be said. */
export const value: Cell<string> = () => (text, before) => {
  const of = before.indicator as Indicator | undefined;
  const folded = text.normalize("NFKC").trim();
  return of === undefined ? { value: folded } : reachedIn(folded, of);
};

const CHECKED: Readonly<Record<string, string>> = {
  已完成: "1",
  完成: "1",
  是: "1",
  未完成: "0",
  否: "0",
  "1": "1",
  "0": "0",
};

function reachedIn(text: string, of: Indicator): Read<string> {
  if (of.kind === "check") {
    const done = Object.hasOwn(CHECKED, text) ? CHECKED[text] : undefined;
    return done === undefined ? { reason: "请填“已完成”或“未完成”" } : { value: done };
  }
  const unit = of.unit.normalize("NFKC");
  const number = text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(number))
    return { reason: `“${quoted(text)}”不是数字，请填数字（没有进展填0），没有上报就留空` };
  // A percent cell of a workbook holds 0.469 for 46.9 %.
  if (of.kind === "share" && of.unit === "%" && number === text && Number(number) > 0 && Number(number) < 1)
    return { reason: "请填百分数，例如 46.9" };
  const wrong = outOfRange(of, number);
  return wrong === null ? { value: plain(number) } : { reason: wrong.replace(/。$/, "") };
}
