import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { LEVELS, type LevelName } from "../../../src/domain/air/levels.ts";
import { chartPicture } from "../../../src/output/charts/chart-picture.ts";
import { drawChart } from "../../../src/output/charts/draw-chart.ts";
import type { DrawnText } from "../../../src/output/charts/echarts-canvas.ts";
import { type ChartSpec, figuresDrawn } from "../../../src/output/charts/kinds.ts";
import type { PaceRow } from "../../../src/output/charts/pace-bullets.ts";
import { inkOn, LEAST_TEXT } from "../../../src/output/charts/panel.ts";
import {
  aBulletin,
  aCalendar,
  aMonthPlan,
  aPace,
  aPrimary,
  aRanking,
  aTrend,
  bars,
  dates,
  NAMES,
  oneOfEach,
} from "./specs.ts";

/** A picture with every text that is drawn in it. */
async function drawn(spec: ChartSpec) {
  const texts: DrawnText[] = [];
  const png = await drawChart(spec, (text) => texts.push(text));
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colorAt = (x: number, y: number) => {
    const at = (Math.round(y) * info.width + Math.round(x)) * 3;
    return `#${data.subarray(at, at + 3).toString("hex")}`;
  };
  return { png, texts, words: texts.map(({ text }) => text), ...info, colorAt };
}

const numbersIn = (text: string) => text.match(/\d+(?:\.\d+)?/g) ?? [];
const [paceRow] = aPace().rows as [PaceRow];
const NONE = { "PM2.5": 0, PM10: 0, O3_8h: 0, NO2: 0, SO2: 0, CO: 0 };
const MONTHS = Array.from({ length: 12 }, (_, at) => `2020-${String(at + 1).padStart(2, "0")}`);

test("a sign that our font hasn't is drawn as one that it has, whatever fonts the machine has", async () => {
  const bytes = async (title: string) => (await drawn({ ...aPrimary(), title })).png;
  const axis = async (name: string) =>
    (await drawn(aRanking({ rows: bars(3).map((bar) => ({ ...bar, name })) }))).png;
  expect(await bytes("O₃")).toEqual(await bytes("O3"));
  expect(await axis("O₃")).toEqual(await axis("O3"));
});

describe("every picture", () => {
  describe.each(oneOfEach.map((spec) => [spec.kind, spec] as const))("%s", (kind, spec) => {
    let picture: Awaited<ReturnType<typeof drawn>>;
    beforeAll(async () => {
      picture = await drawn(spec);
    });

    test("1080 pixels wide, readable on a phone, with source, state, date and mark", () => {
      const { width, texts, words } = picture;
      expect(width).toBe(1080);
      expect(Math.min(...texts.map(({ size }) => size))).toBeGreaterThanOrEqual(LEAST_TEXT);
      const all = words.join("");
      const { title, source, dataStatus } = spec;
      for (const said of [title, source, dataStatus, "2020年7月1日制图", "演示数据，非真实监测结果"])
        expect(all).toContain(said);
    });

    test("what it says it prints is drawn, and no other number is", () => {
      const { words } = picture;
      const all = words.join("");
      const figures = figuresDrawn(spec);
      for (const { value } of figures) expect(all).toContain(value);
      // Dates, and the numbers of an axis: they are no figures.
      const scale = kind === "trend" || kind === "pace" ? [0, 10, 20, 30, 40, 60, 80, 100] : [];
      const calendar = Array.from({ length: 31 }, (_, at) => at + 1);
      const known = new Set([
        ...numbersIn(JSON.stringify([figures, spec.title, spec.subtitle, spec.date, NAMES])),
        ...[...scale, ...calendar].map(String),
        ...numbersIn("PM2.5 PM10 2020年12月31日 09:00"),
      ]);
      for (const word of words) for (const number of numbersIn(word)) expect(known).toContain(number);
    });

    test("its spec is plain data, and gives the same bytes in the thread", async () => {
      const frozen = JSON.parse(JSON.stringify(spec)) as ChartSpec;
      expect(frozen).toEqual(spec);
      expect(Buffer.compare(await chartPicture(frozen), picture.png)).toBe(0);
    });
  });

  test("its thread draws: the loop that asks has next to nothing to do", async () => {
    // The least of three: a collection of garbage that falls into one of them is nobody's drawing.
    const spent = async (work: () => Promise<unknown>) => {
      const each: number[] = [];
      for (let n = 0; n < 3; n++) {
        const before = process.threadCpuUsage();
        await work();
        const { user, system } = process.threadCpuUsage(before);
        each.push(user + system);
      }
      return Math.min(...each);
    };
    const spec = aRanking({ rows: bars(13) });
    await chartPicture(spec);
    await drawChart(spec);
    expect(await spent(() => chartPicture(spec))).toBeLessThan((await spent(() => drawChart(spec))) / 3);
  });

  test.each<[string, ChartSpec]>([
    ["one county", aRanking({ rows: bars(1), unranked: [] })],
    ["thirteen counties with long names", aRanking({ rows: bars(13) })],
    [
      "no county at all",
      aRanking({ rows: [], unranked: NAMES.map((name) => ({ name, reason: "无监测数据" })) }),
    ],
    ["falls and rises", aRanking({ values: "change", decimals: 1, rows: bars(13, (at) => at * 2.5 - 20) })],
    ["falls alone", aRanking({ values: "change", decimals: 1, rows: bars(3, (at) => at - 20) })],
    [
      "falls, and one that is even",
      aRanking({ values: "change", decimals: 1, rows: bars(3, (at) => at - 2) }),
    ],
    ["equal zeros", aRanking({ values: "change", decimals: 1, rows: bars(3, () => 0) })],
    ["a year", aTrend({ days: dates("2020-01-01", 366).map((date, at) => ({ date, value: at })) })],
    ["a single day", aTrend({ days: [{ date: "2020-06-01", value: 0 }] })],
    [
      "no valid day",
      aTrend({ days: dates("2020-06-01", 3).map((date) => ({ date, value: null })), tiles: [] }),
    ],
    ["no day yet", aCalendar({ days: [] })],
    ["twelve months", aPrimary()],
    ["a month of clean days", aPrimary({ rows: [{ name: "6月", validDays: 30, days: NONE }] })],
    ["thirteen counties' pace", aPace({ rows: NAMES.map((name) => ({ ...paceRow, name })) })],
    ["no target", aPace({ rows: [{ name: "海安市", toDate: null, targets: [], without: "未分解" }] })],
    ["a week without anything", aBulletin({ tiles: [], lines: [] })],
    ["a month without events", aMonthPlan({ days: [] })],
  ])("%s: nothing is cut", async (_, spec) => {
    const { texts, words, height } = await drawn(spec);
    expect(words.filter((word) => word.includes("…"))).toEqual([]);
    expect(texts.filter(({ left, right }) => left < 19 || right > 521)).toEqual([]);
    expect(height).toBeGreaterThan(200);
    expect(height).toBeLessThan(4000);
  });
});

describe("趋势", () => {
  /** The pixel in the middle of a day: the plot lies between 66 and 510 points. */
  const xOf = (at: number, of: number) => (66 + ((at + 0.5) / of) * 444) * 2;
  const BLUE = "#2f7dc4";
  const column = ({ colorAt }: Awaited<ReturnType<typeof drawn>>, x: number) =>
    Array.from({ length: 600 }, (_, y) => colorAt(x, 300 + y));

  test("a missing day is a gap: no line runs over it, and none falls to zero", async () => {
    const days = dates("2020-06-01", 9).map((date, at) => ({ date, value: at === 4 ? null : 50 }));
    const picture = await drawn(aTrend({ days, lines: [] }));
    for (const at of [3.6, 4, 4.4]) expect(column(picture, xOf(at, 9))).not.toContain(BLUE);
    for (const at of [0.5, 3, 5, 7.5]) expect(column(picture, xOf(at, 9))).toContain(BLUE);
  });

  test("a valid day between two gaps is still seen, in a year as well", async () => {
    const days = dates("2020-01-01", 366).map((date, at) => ({ date, value: at === 180 ? 50 : null }));
    const picture = await drawn(aTrend({ days, lines: [] }));
    expect(column(picture, xOf(180, 366))).toContain(BLUE);
  });

  test("the highest and the lowest day are named, and each line with its value", async () => {
    const { words } = await drawn(aTrend());
    for (const said of ["6月24日 90", "6月1日 20", "日均限值75", "年目标36"]) expect(words).toContain(said);
  });
});

describe("排名", () => {
  test("equals share a rank and say so; who has none is named with the reason", async () => {
    const { words } = await drawn(aRanking());
    expect(words.filter((word) => word === "2")).toHaveLength(2);
    expect(words.filter((word) => word === "并列")).toHaveLength(2);
    expect(words.join("")).toContain("通州湾示范区：数据有效性不足：CO：有效天数不足（20/27天）");
    expect(words).toContain("无法比较");
  });
});

describe("日历", () => {
  const aqis = [38, 72, 118, 165, 240, 342] as const;
  const month = aCalendar({
    months: ["2020-06"],
    days: LEVELS.map(({ name }, at) => ({ date: `2020-06-0${at + 1}`, aqi: aqis[at] ?? null, level: name })),
  });

  test("each class has the colour of HJ 633 and its name, each day its AQI", async () => {
    const { words, colorAt } = await drawn(month);
    // 1 June 2020 is a Monday: the first week holds all six, below a key of two rows.
    const colours = LEVELS.map((_, at) => colorAt((20 + (at + 0.5) * (500 / 7)) * 2 - 40, 2 * 214));
    expect(colours).toEqual(LEVELS.map(({ hex }) => hex.toLowerCase()));
    for (const { name } of LEVELS) expect(words).toContain(name);
    for (const aqi of aqis) expect(words).toContain(String(aqi));
  });

  test("a year shows classes as numbers, so that it can be read without colours", async () => {
    const { words } = await drawn({ ...month, months: MONTHS });
    const count = (word: string) => words.filter((one) => one === word).length;
    // Once in the key, once on its day.
    expect([1, 2, 3, 4, 5, 6].map((grade) => count(String(grade)))).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test.each<[string, { aqi: number | null; level: LevelName | null; atLeast?: true }, string]>([
    ["no valid figure", { aqi: null, level: null }, "缺"],
    ["an item is missing", { aqi: 130, level: "轻度", atLeast: true }, "≥130"],
    ["ozone beyond its table", { aqi: null, level: "严重" }, ">300"],
  ])("%s", async (_, day, said) => {
    const { words } = await drawn(aCalendar({ days: [{ date: "2020-06-03", ...day }] }));
    expect(words).toContain(said);
  });

  test.each(LEVELS.map(({ name, hex }) => [name, hex]))("what is written on %s can be read", (_, hex) => {
    const light = (color: string) =>
      [1, 3, 5]
        .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
    const [a, b] = [light(hex), light(inkOn(hex))].toSorted((one, other) => other - one) as [number, number];
    expect((a + 0.05) / (b + 0.05)).toBeGreaterThan(4.5);
  });
});

describe("首要污染物", () => {
  test("each month's days stand in its bar; a month without data is not a clean one", async () => {
    const { words } = await drawn(aPrimary());
    for (const said of ["PM2.5 18", "O₃ 9", "O₃ 45天", "无有效数据", "均为优"]) expect(words).toContain(said);
  });
});

describe("日程", () => {
  test("days say how many things are due, and which; a list too long says how much is left", async () => {
    const items = Array.from({ length: 4 }, (_, at) => ({
      time: "09:00",
      title: `事项${at}`,
      state: "待运行",
      tone: "muted" as const,
    }));
    const { words } = await drawn(
      aMonthPlan({ days: dates("2020-06-01", 30).map((date) => ({ date, items })) }),
    );
    expect(words.filter((word) => word === "○ 4项")).toHaveLength(30);
    expect(words).toContain("另有60项，请看清单");
    expect(words).toContain("○ 09:00 事项0（待运行）");
  });
});
