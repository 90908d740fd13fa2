import { describe, expect, test } from "vitest";
import { fitted, wrapped } from "../../src/output/text-lines.ts";
import { chosenMarks, MOST_MARKS } from "../../src/output/timeline-marks.ts";
import { dayLabel, momentOf, type Scale, ticksOf } from "../../src/output/timeline-scale.ts";

/** A sign of Chinese is 2 wide, any other 1. */
const measure = (text: string) => [...text].reduce((sum, sign) => sum + (sign > "\u2E7F" ? 2 : 1), 0);
const ZONE = "Asia/Shanghai";
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${ZONE}]`).epochMilliseconds;

describe("lines", () => {
  test.each<[string, string[]]>([
    ["裸土已覆盖", ["裸土已覆盖"]],
    ["裸土已经全部覆盖", ["裸土已经全", "部覆盖"]],
    // Punctuation begins no line, an opening bracket ends none, and a number stays whole.
    ["裸土已经全，部覆盖", ["裸土已经", "全，部覆盖"]],
    ["裸土覆盖（完成）", ["裸土覆盖", "（完成）"]],
    ["面积约共 3200平方", ["面积约共", "3200平方"]],
    ["", []],
  ])("%j", (text, lines) => {
    expect(wrapped(measure, text, { width: 10, lines: 3 })).toEqual(lines);
  });

  test("what doesn't fit ends with an ellipsis, on the last line only", () => {
    const lines = wrapped(measure, "一二三四五六七八九十".repeat(3), { width: 10, lines: 2 });
    expect(lines).toEqual(["一二三四五", "六七八九…"]);
    expect(fitted(measure, "一二三四五六", 10)).toBe("一二三四…");
    expect(fitted(measure, "一二三四五", 10)).toBe("一二三四五");
  });

  test("a word wider than the line is cut, not endless", () => {
    expect(wrapped(measure, "a".repeat(60), { width: 10, lines: 2 }).every((l) => measure(l) <= 10)).toBe(
      true,
    );
  });
});

describe("steps that are drawn", () => {
  const mark = (label: string, n: number, tone: "work" | "rest" | "bad" = "work") => ({ label, at: n, tone });

  test("all, in order of time, while they are few", () => {
    const { shown, left } = chosenMarks([mark("签收", 2), mark("交办", 1)]);
    expect([shown.map((m) => m.label), left]).toEqual([["交办", "签收"], 0]);
  });

  test("of what repeats daily the first and the last; the rare ones stay", () => {
    const daily = Array.from({ length: 30 }, (_, i) => mark(`超期第${i + 1}天`, 10 + i, "bad"));
    const { shown, left } = chosenMarks([mark("交办", 1), ...daily, mark("退回整改", 20), mark("销号", 99)]);
    expect(shown.map((m) => m.label)).toEqual(["交办", "超期第1天", "退回整改", "超期第30天", "销号"]);
    expect(left).toBe(28);
  });

  test("then what is merely noted goes, then the middle; never the beginning or the end", () => {
    const steps = [..."甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"].map((label, i) => mark(label, 2 * i));
    const notes = [..."东南西北"].map((label, i) => mark(label, 2 * i + 1, "rest"));
    const { shown, left } = chosenMarks([...steps, ...notes]);
    const labels = shown.map((m) => m.label);
    expect([labels.length, left]).toEqual([MOST_MARKS, 24 - MOST_MARKS]);
    expect(labels.join("")).not.toMatch(/[东南西北]/);
    expect([labels.slice(0, 3), labels.at(-1)]).toEqual([["甲", "乙", "丙"], "酉"]);
  });
});

describe("the axis", () => {
  const scale = (from: string, to: string): Scale => ({
    from: at(from),
    to: at(to),
    left: 0,
    right: 100,
    zone: ZONE,
  });

  test.each([
    ["2020-06-05T16:30", "2020-06-11T00:00", "6月6日 6月7日 6月8日 6月9日 6月10日 6月11日"],
    ["2020-06-01T09:00", "2020-06-11T14:00", "6月3日 6月5日 6月7日 6月9日 6月11日"],
    ["2020-01-20T09:00", "2020-12-01T00:00", "3月 5月 7月 9月 11月"],
    ["2019-11-20T09:00", "2020-12-01T00:00", "2020年2月 2020年5月 2020年8月 2020年11月"],
  ])("from %s to %s", (from, to, dates) => {
    const wide = { ...scale(from, to), right: 600 };
    const shown = ticksOf(wide, measure, -100).map((tick) => tick.text);
    expect(shown.join(" ")).toBe(dates);
  });

  test("dates touch neither each other nor the deadline", () => {
    for (let days = 1; days < 4000; days = Math.ceil(days * 1.3)) {
      const from = at("2019-12-30T17:00");
      const narrow: Scale = { from, to: from + days * 86_400_000, left: 24, right: 130, zone: ZONE };
      const avoid = 60;
      const ticks = ticksOf(narrow, measure, avoid);
      for (const [i, { text, textX }] of ticks.entries()) {
        const end = textX + measure(text);
        expect(textX).toBeGreaterThanOrEqual(narrow.left);
        expect(end).toBeLessThanOrEqual(narrow.right);
        expect(end < (ticks[i + 1]?.textX ?? Number.POSITIVE_INFINITY)).toBe(true);
        expect(textX < avoid && avoid < end).toBe(false);
      }
    }
  });

  test("a date carries its year only where there are several", () => {
    const one = scale("2020-06-01T00:00", "2020-06-30T00:00");
    const two = scale("2019-06-01T00:00", "2020-06-30T00:00");
    expect(dayLabel(at("2020-06-05T00:00"), one)).toBe("6月5日");
    expect(momentOf(at("2020-06-05T09:05"), two)).toBe("2020年6月5日 09:05");
  });
});
